using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.Scenarios;

namespace GpuMargin.Studies;

/// <summary>Days of a history, from the first to before the end.</summary>
readonly record struct DayRange(int First, int End)
{
    public int Count => End - First;
}

/// <summary>Variances over look-back periods of the history known on a day.</summary>
static class LookBack
{
    /// <summary>Ten years of trading days, of EMIR RTS 153/2013 Art. 28(1)(c).</summary>
    public const int LongRunDays = 2520;

    /// <summary>One year: the length of the stressed period (as in Basel 2.5's stressed value at risk).</summary>
    public const int StressDays = 250;

    /// <summary>Fewest days from which a volatility factor's variance is taken.</summary>
    const int DaysAtLeast = 20;

    /// <summary>The last <see cref="LongRunDays"/> days up to and with a day, or all there are.</summary>
    public static DayRange LongRun(int day) => new(Math.Max(0, day + 1 - LongRunDays), day + 1);

    /// <summary>The worst <see cref="StressDays"/> days up to and with a day: those with the greatest mean over the factors of the mean squared return relative to that of all days known.</summary>
    /// <param name="returns">[day, factor]; later days are not looked at.</param>
    public static DayRange Worst(double[,] returns, int day)
    {
        ArgumentNullException.ThrowIfNull(returns);
        int length = Math.Min(StressDays, day + 1);
        int factors = returns.GetLength(1);
        double[] scale = new double[factors];
        for (int t = 0; t <= day; t++)
        {
            for (int factor = 0; factor < factors; factor++)
            {
                scale[factor] += returns[t, factor] * returns[t, factor];
            }
        }

        double[] intensity = new double[day + 1];
        for (int t = 0; t <= day; t++)
        {
            for (int factor = 0; factor < factors; factor++)
            {
                intensity[t] += scale[factor] > 0 ? returns[t, factor] * returns[t, factor] / scale[factor] : 0;
            }
        }

        double sum = intensity[..length].Sum();
        double worst = sum;
        int first = 0;
        for (int start = 1; start + length <= day + 1; start++)
        {
            sum += intensity[start + length - 1] - intensity[start - 1];
            if (sum > worst)
            {
                (worst, first) = (sum, start);
            }
        }

        return new DayRange(first, first + length);
    }

    /// <summary>Variance per day of every factor of a calibration over a range of days: the mean squared distance of the return from the mean of the factor's fit.</summary>
    /// <param name="history">The whole history; days behind the range are not looked at.</param>
    /// <param name="calibration">Of the day, with the history's columns and possibly their volatility factors.</param>
    /// <param name="day">Last day that the calibration knew.</param>
    /// <remarks>A volatility factor's changes exist for the days of the fit only; where the range has fewer than 20 of them its calibrated variance stays.</remarks>
    public static double[] Variances(ReturnHistory history, CalibrationResult calibration, int day, DayRange range)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(calibration);
        double[] variances = new double[calibration.Factors.Count];
        for (int factor = 0; factor < variances.Length; factor++)
        {
            variances[factor] = factor < history.Factors.Count
                ? OfPrice(history, factor, calibration.Factors[factor].Volatility.Fit.Parameters.Mean, range)
                : OfVolatility(calibration.Factors[factor], day, range);
        }

        return variances;
    }

    /// <summary>The same draws with one variance for all days of the horizon: that over a range of days.</summary>
    /// <inheritdoc cref="Variances"/>
    internal static ScenarioPlan Source(ScenarioPlan model, ReturnHistory history, CalibrationResult calibration, int day, DayRange range)
    {
        double[] variances = Variances(history, calibration, day, range), none = new double[variances.Length];
        return model with { Name = "look-back variance", Variance = variances, Omega = variances, Alpha = none, NegativeAlpha = none, Beta = none };
    }

    static double OfPrice(ReturnHistory history, int factor, double mean, DayRange range)
    {
        double sum = 0;
        for (int day = range.First; day < range.End; day++)
        {
            double e = history.Returns[day, factor] - mean;
            sum += e * e;
        }

        return sum / range.Count;
    }

    static double OfVolatility(FactorCalibration factor, int day, DayRange range)
    {
        IReadOnlyList<double> residuals = factor.Volatility.Fit.StandardizedResiduals;
        IReadOnlyList<double> variances = factor.Volatility.Fit.ConditionalVariances;
        int shift = day + 1 - residuals.Count; // the fit's first day
        int first = Math.Max(range.First - shift, 0), end = range.End - shift;
        if (end - first < DaysAtLeast)
        {
            return factor.Factor.Variance;
        }

        double sum = 0;
        for (int t = first; t < end; t++)
        {
            sum += residuals[t] * residuals[t] * variances[t];
        }

        return sum / (end - first);
    }
}
