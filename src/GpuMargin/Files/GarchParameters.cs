using System.Globalization;
using GpuMargin.ClearingSets;

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

        if (a + g < 0)
        {
            cells.Refuse("gamma", cells.Text("gamma"), $"alpha + gamma of at least 0, so that the variance stays positive (alpha is {cells.Text("alpha")})");
        }
        else if (o + b == 0)
        {
            cells.Refuse("omega", cells.Text("omega"), "omega or beta greater than 0, so that the variance stays positive");
        }
        else if (Persistence(a, g, b) is { } persistence)
        {
            cells.Refuse("beta", cells.Text("beta"), $"alpha + gamma/2 + beta less than 1, so that the variance is stationary (it is {persistence})");
        }

        return new GarchParameters(o, a, g, b);
    }

    /// <returns>α + γ/2 + β as text when it is 1 or more. Decimal arithmetic, because 0.3 + 0.6 + 0.1 is below 1 in binary.</returns>
    static string? Persistence(double alpha, double gamma, double beta)
    {
        double sum = alpha + (gamma / 2) + beta;
        if (sum >= 2)
        {
            return sum.ToString("G6", CultureInfo.InvariantCulture);
        }

        // Below 2 every term is below 4 in magnitude, so the conversions cannot overflow.
        decimal exact = (decimal)alpha + ((decimal)gamma / 2) + (decimal)beta;
        return exact >= 1 ? exact.ToString("G29", CultureInfo.InvariantCulture) : null;
    }
}
