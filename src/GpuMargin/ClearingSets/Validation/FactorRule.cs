using System.Globalization;

namespace GpuMargin.ClearingSets.Validation;

/// <summary>Ranges of a risk factor's parameters.</summary>
static class FactorRule
{
    /// <summary>Heads the column of names in correlation.csv.</summary>
    public const string LabelColumn = "factor";

    public const int FewestResiduals = 2;

    public static string Phrase(RiskFactorKind kind) => kind switch
    {
        RiskFactorKind.Price => "a price factor",
        RiskFactorKind.Volatility => "a volatility factor",
        RiskFactorKind.Additive => "an additive factor",
        _ => "a rate factor",
    };

    /// <summary>Names that head columns of their own in files with a column per factor.</summary>
    /// <returns>What was expected instead; <see langword="null"/> when the name is no such name.</returns>
    public static string? Reserved(string name) => name switch
    {
        LabelColumn => "another name: 'factor' heads the column of names in correlation.csv",
        ScenarioColumns.Scenario or ScenarioColumns.Weight => $"another name: '{name}' heads a column of its own in files of scenarios",
        _ => null,
    };

    public static NumberRule Level(RiskFactorKind? kind) => kind is RiskFactorKind.Rate or RiskFactorKind.Additive ? NumberRule.Finite : NumberRule.Positive;

    static readonly NumberRule s_logReturn = new("a log-return from -24 to 24") { Least = -RunSettings.LargestMaximumShock, Most = RunSettings.LargestMaximumShock };

    static readonly NumberRule s_rateChange = s_logReturn with { Phrase = "a change of the rate from -24 to 24" };

    /// <summary>A given move keeps to the widest bound of simulated ones.</summary>
    public static NumberRule Shock(RiskFactorKind? kind) => kind switch
    {
        RiskFactorKind.Price or RiskFactorKind.Volatility => s_logReturn,
        RiskFactorKind.Rate => s_rateChange,
        _ => NumberRule.Finite,
    };

    public static NumberRule Variance(VolatilityProcess? process) =>
        process is VolatilityProcess.Garch or VolatilityProcess.Gjr ? NumberRule.Positive : NumberRule.NotNegative;

    /// <summary>h' = ω + (α + γ·[e &lt; 0])·e² + β·h, positive and covariance-stationary (Glosten, Jagannathan and Runkle 1993).</summary>
    /// <param name="alphaText">α as it was written.</param>
    /// <returns>The column at fault and what was expected of it; <see langword="null"/> when none is.</returns>
    public static (string Column, string Expected)? Garch(double omega, double alpha, double gamma, double beta, string alphaText) =>
        alpha + gamma < 0 ? ("gamma", $"alpha + gamma of at least 0, so that the variance stays positive (alpha is {alphaText})")
        : omega + beta == 0 ? ("omega", "omega or beta greater than 0, so that the variance stays positive")
        : Persistence(alpha, gamma, beta) is { } persistence ? ("beta", $"alpha + gamma/2 + beta less than 1, so that the variance is stationary (it is {persistence})")
        : null;

    /// <summary>Whether residuals have a finite variance greater than 0.</summary>
    public static bool Vary(IReadOnlyList<double> residuals)
    {
        double mean = 0;
        foreach (double value in residuals)
        {
            mean += value / residuals.Count;
        }

        double squares = residuals.Sum(value => (value - mean) * (value - mean));
        return double.IsFinite(squares) && squares > 0 && residuals.Min() < residuals.Max();
    }

    /// <returns>α + γ/2 + β as text when it is 1 or more to 15 digits. Decimal arithmetic, because 0.3 + 0.6 + 0.1 is below 1 in binary.</returns>
    static string? Persistence(double alpha, double gamma, double beta)
    {
        double sum = alpha + (gamma / 2) + beta;
        if (sum >= 2)
        {
            return sum.ToString("G6", CultureInfo.InvariantCulture);
        }

        // Below 2 every term is below 4 in magnitude, so the conversions cannot overflow.
        decimal rounded = (decimal)alpha + ((decimal)gamma / 2) + (decimal)beta, written = Written(alpha) + (Written(gamma) / 2) + Written(beta);
        return rounded < 1 ? null
            : written < 1 ? $"{Text(written)}, which is 1 to 15 digits"
            : Text(rounded);

        static decimal Written(double value) => decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

        static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
    }
}
