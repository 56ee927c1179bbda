using GpuMargin.Calibration.Volatility;

namespace GpuMargin.Calibration;

/// <summary>Stands in for an implied-volatility history that nobody recorded: the volatility that a model of the price forecast for the next month.</summary>
/// <remarks>
/// V = √(252 × mean of the variance forecasts for the next <see cref="Days"/> days). The model is a GJR whatever the price factor's own model is:
/// implied volatilities react to the sign of returns, most of all those of stocks, which a symmetric model cannot say. V follows realised volatility as an option
/// desk's quotes do, but knows no risk premia.
/// </remarks>
static class VolatilityProxy
{
    /// <summary>Trading days of a one-month option.</summary>
    public const int Days = 21;

    /// <summary>Robust standard errors that γ has to lie below zero for rises to raise volatility.</summary>
    const double Significance = 2;

    /// <summary>The GJR of a price factor; its own fit where no GJR can be used, or where one says without evidence that falls calm.</summary>
    /// <param name="returns">Of the price factor.</param>
    /// <exception cref="ArgumentException">The variance asked for is constant, so there are no changes.</exception>
    public static VolatilityFit Fit(FactorCalibration price, ReadOnlySpan<double> returns, VolatilityOptions options)
    {
        ArgumentNullException.ThrowIfNull(price);
        ArgumentNullException.ThrowIfNull(options);
        VolatilityFit own = price.Volatility.Moving;
        if (options.Model == VolatilityModel.Constant || own.Model == VolatilityModel.Gjr)
        {
            return own;
        }

        VolatilityFit gjr = VolatilityCalibration.Calibrate(returns, options with { Model = VolatilityModel.Gjr }).Fit;
        return gjr.Model == VolatilityModel.Gjr && ReactsToFalls(gjr) ? gjr : own;
    }

    // An estimate on a bound is no evidence: its standard errors take the bound as known.
    static bool ReactsToFalls(VolatilityFit gjr) => gjr.Parameters.Gamma > 0
        || (gjr.Status == FitStatus.Converged && gjr.Parameters.Gamma < -Significance * gjr.RobustStandardErrors.Gamma);

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
