using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.Files;

/// <summary>h' = ω + (α + γ·[e &lt; 0])·e² + β·h, positive and covariance-stationary (Glosten, Jagannathan and Runkle 1993).</summary>
readonly record struct GarchParameters(double Omega, double Alpha, double Gamma, double Beta)
{
    static readonly NumberRule s_noAsymmetry = new("an empty cell or 0, because process is 'garch' ('gjr' has a gamma)") { Least = 0, Most = 0 };

    public static GarchParameters Read(CsvCells cells, VolatilityProcess process)
    {
        if (process == VolatilityProcess.Constant)
        {
            cells.MustBeEmpty("process is 'constant'", "omega", "alpha", "gamma", "beta");
            return default;
        }

        string because = process == VolatilityProcess.Garch ? "process is 'garch'" : "process is 'gjr'";
        double? omega = cells.Number("omega", NumberRule.NotNegative, because);
        double? alpha = cells.Number("alpha", NumberRule.NotNegative, because);
        double? gamma = process == VolatilityProcess.Garch
            ? cells.NumberOr(0, "gamma", s_noAsymmetry)
            : cells.Number("gamma", NumberRule.Finite, because);
        double? beta = cells.Number("beta", NumberRule.NotNegative, because);
        if (omega is not { } o || alpha is not { } a || gamma is not { } g || beta is not { } b)
        {
            return default;
        }

        if (FactorRule.Garch(o, a, g, b, cells.Text("alpha")) is { } breach)
        {
            cells.Refuse(breach.Column, cells.Text(breach.Column), breach.Expected);
        }

        return new GarchParameters(o, a, g, b);
    }
}
