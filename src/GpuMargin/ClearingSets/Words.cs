namespace GpuMargin.ClearingSets;

/// <summary>The file contract's words.</summary>
static class Words
{
    public static readonly Vocabulary<CopulaFamily> CopulaFamilies = new(
        ("gaussian", CopulaFamily.Gaussian), ("student-t", CopulaFamily.StudentT));

    public static readonly Vocabulary<Sampling> Samplings = new(
        ("philox", Sampling.Philox), ("sobol", Sampling.Sobol));

    public static readonly Vocabulary<Importance> Importances = new(
        ("on", Importance.On), ("off", Importance.Off));

    public static readonly Vocabulary<Precision> Precisions = new(
        ("mixed", Precision.Mixed), ("double", Precision.Double));

    public static readonly Vocabulary<Fingerprint> Fingerprints = new(
        ("1", Fingerprint.Sha256Leaves), ("2", Fingerprint.XxhLeaves));

    public static readonly Vocabulary<Ageing> Ageings = new(
        ("none", Ageing.None), ("horizon", Ageing.Horizon));

    public static readonly Vocabulary<RiskFactorKind> Kinds = new(
        ("price", RiskFactorKind.Price), ("volatility", RiskFactorKind.Volatility), ("rate", RiskFactorKind.Rate),
        ("additive", RiskFactorKind.Additive));

    public static readonly Vocabulary<VolatilityProcess> Processes = new(
        ("constant", VolatilityProcess.Constant), ("garch", VolatilityProcess.Garch), ("gjr", VolatilityProcess.Gjr));

    public static readonly Vocabulary<MarginalFamily> Marginals = new(
        ("normal", MarginalFamily.Normal),
        ("student-t", MarginalFamily.StudentT),
        ("skewed-t", MarginalFamily.SkewedT),
        ("empirical", MarginalFamily.Empirical));

    public static readonly Vocabulary<SurfaceCoordinate> SurfaceCoordinates = new(
        ("delta", SurfaceCoordinate.Delta), ("moneyness", SurfaceCoordinate.Moneyness));

    public static readonly Vocabulary<ArbitrageRule> ArbitrageRules = new(
        ("warn", ArbitrageRule.Warn), ("refuse", ArbitrageRule.Refuse));

    public static readonly Vocabulary<OptionRight> Rights = new(
        ("call", OptionRight.Call), ("put", OptionRight.Put));

    public static readonly Vocabulary<ExerciseStyle> Exercises = new(
        ("european", ExerciseStyle.European), ("american", ExerciseStyle.American));
}
