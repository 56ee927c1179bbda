using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration;

/// <summary>The words of calibrate's options and of calibration.json.</summary>
static class CalibrationWords
{
    public static readonly Vocabulary<HistoryValues> Values = new(("prices", HistoryValues.Prices), ("returns", HistoryValues.Returns));

    public static readonly Vocabulary<MissingPolicy> Missing = new(
        ("refuse", MissingPolicy.Refuse), ("drop", MissingPolicy.Drop), ("forward-fill", MissingPolicy.ForwardFill));

    public static readonly Vocabulary<VolatilityModel> Models = new(
        ("constant", VolatilityModel.Constant),
        ("ewma", VolatilityModel.Ewma),
        ("garch", VolatilityModel.Garch),
        ("gjr", VolatilityModel.Gjr),
        ("auto", VolatilityModel.Auto));

    public static readonly Vocabulary<VarianceStartUp> StartUps = new(
        ("sample", VarianceStartUp.Sample), ("unconditional", VarianceStartUp.Unconditional));

    public static readonly Vocabulary<FitStatus> Statuses = new(
        ("converged", FitStatus.Converged),
        ("not-converged", FitStatus.NotConverged),
        ("on-bound", FitStatus.OnBound),
        ("not-stationary", FitStatus.NotStationary),
        ("implausible", FitStatus.Implausible));

    public static readonly Vocabulary<ReturnMean> Means = new(
        ("zero", ReturnMean.Zero), ("sample", ReturnMean.Sample), ("model", ReturnMean.Model));

    /// <summary>The option's words; in records the families are called as in run.json.</summary>
    public static readonly Vocabulary<CopulaChoice> CopulaOptions = new(
        ("t", CopulaChoice.StudentT), ("gaussian", CopulaChoice.Gaussian), ("auto", CopulaChoice.Auto));

    public static readonly Vocabulary<CopulaChoice> Copulas = new(
        ("student-t", CopulaChoice.StudentT), ("gaussian", CopulaChoice.Gaussian), ("auto", CopulaChoice.Auto));

    public static readonly Vocabulary<CorrelationModel> Correlations = new(("static", CorrelationModel.Static), ("dcc", CorrelationModel.Dynamic));

    public static readonly Vocabulary<Leverage> Leverages = new(
        ("equity-index", Leverage.EquityIndex), ("equity", Leverage.Equity), ("crypto", Leverage.Crypto));

    public static readonly Vocabulary<CorrelationShrinkage> Shrinkages = new(
        ("none", CorrelationShrinkage.None), ("ledoit-wolf", CorrelationShrinkage.LedoitWolf), ("auto", CorrelationShrinkage.Auto));
}
