using GpuMargin.Calibration.Volatility;

namespace GpuMargin.Calibration;

/// <summary>Stands in for an implied-volatility history that nobody recorded: the volatility that the factor's own model forecast for the next month.</summary>
/// <remarks>
/// V = √(252 × mean of the variance forecasts for the next <see cref="Days"/> days). It follows realised volatility as an option desk's
/// quotes do, but knows neither risk premia nor, for a symmetric process, the leverage effect.
/// </remarks>
static class VolatilityProxy
{
    /// <summary>Trading days of a one-month option.</summary>
    public const int Days = 21;

    /// <summary>Ending behind a factor's name.</summary>
    public const string Suffix = ".vol";

    /// <summary>Daily changes of ln V, one for each return of the fit: from the forecast before that return to the one after it.</summary>
    /// <exception cref="ArgumentException">The variance is constant, so there are no changes.</exception>
    public static double[] Changes(VolatilityFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Model == VolatilityModel.Constant)
        {
            throw new ArgumentException("a constant volatility has no changes to draw from");
        }

        double[] changes = new double[fit.Observations];
        for (int day = 0; day < changes.Length; day++)
        {
            double before = fit.ConditionalVariances[day];
            double after = day + 1 < changes.Length ? fit.ConditionalVariances[day + 1] : fit.NextDayVariance;
            changes[day] = 0.5 * Math.Log(MeanForecast(fit, after) / MeanForecast(fit, before));
        }

        return changes;
    }

    // E[h] of the days ahead follows h' = ω + (α + γ·P + β)·h; a constant variance and an EWMA forecast the same every day.
    static double MeanForecast(VolatilityFit fit, double next)
    {
        bool reverts = fit.Model is VolatilityModel.Garch or VolatilityModel.Gjr;
        double omega = reverts ? fit.Parameters.Omega : 0;
        double persistence = reverts ? fit.Persistence : 1;
        double sum = 0;
        for (int day = 0; day < Days; day++, next = omega + persistence * next)
        {
            sum += next;
        }

        return sum / Days;
    }
}
