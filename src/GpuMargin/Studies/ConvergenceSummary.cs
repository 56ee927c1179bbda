using GpuMargin.RiskMeasures;

namespace GpuMargin.Studies;

/// <summary>A method's relative errors over the accounts that have one, at a number of scenarios.</summary>
/// <param name="Statistic">Of the accounts: <c>median</c>, <c>quantile90</c> or <c>worst</c>.</param>
/// <param name="StandardError">Over the repeats, relative to expected shortfall.</param>
/// <param name="HalfWidth">Of the runs' own 95 % intervals, relative to expected shortfall.</param>
readonly record struct ConvergenceStatistic(string Statistic, double StandardError, double HalfWidth)
{
    public const string Median = "median";
    public const string Quantile90 = "quantile90";
    public const string Worst = "worst";

    public static IReadOnlyList<string> Names { get; } = [Median, Quantile90, Worst];

    /// <summary>The three statistics; empty when no account has a relative error.</summary>
    public static IReadOnlyList<ConvergenceStatistic> Of(ConvergencePoint point)
    {
        ConvergenceError[] accounts = [.. point.Accounts.Where(account => account.IsRelative)];
        double[] errors = [.. accounts.Select(account => account.RelativeStandardError).Order()];
        double[] widths = [.. accounts.Select(account => account.RelativeHalfWidth).Order()];
        return accounts.Length == 0
            ? []
            : [
                new(Median, Quantile(errors, 0.5), Quantile(widths, 0.5)),
                new(Quantile90, Quantile(errors, 0.9), Quantile(widths, 0.9)),
                new(Worst, errors[^1], widths[^1]),
            ];
    }

    /// <summary>Scenarios and seconds until the statistic's half-width is <paramref name="target"/>; <see langword="null"/> where no account has a relative error.</summary>
    public static ConvergenceNeed? Need(ConvergenceMethod method, string statistic, double target)
    {
        (int Scenarios, double Width)[] points = [.. method.Points
            .Select(point => (point.Scenarios, Width: Of(point).FirstOrDefault(s => s.Statistic == statistic).HalfWidth))
            .Where(point => point.Width > 0)];
        if (points.Length == 0)
        {
            return null;
        }

        int[] scenarios = [.. points.Select(point => point.Scenarios)];
        double[] widths = [.. points.Select(point => point.Width)];
        (double needed, bool extrapolated) = ErrorRate.Needed(target, scenarios, widths);
        ConvergencePoint last = method.Points[^1];
        return new ConvergenceNeed(needed, needed * (last.Seconds / last.Scenarios), extrapolated, ErrorRate.Fit(scenarios, widths).Slope);
    }

    // The smallest value that at least this share does not exceed, the mean of two for an even median.
    static double Quantile(double[] sorted, double share)
    {
        double rank = share * sorted.Length;
        int index = (int)Math.Ceiling(rank) - 1;
        return rank == Math.Floor(rank) && index + 1 < sorted.Length ? (sorted[index] + sorted[index + 1]) / 2 : sorted[index];
    }
}

/// <param name="Scenarios">+∞ where errors do not fall.</param>
/// <param name="Seconds">At the seconds per scenario of the longest runs.</param>
/// <param name="Extrapolated">The target lies outside the numbers of scenarios that were run.</param>
/// <param name="Rate">Fitted power of the number of scenarios; −0.5 for independent ones.</param>
readonly record struct ConvergenceNeed(double Scenarios, double Seconds, bool Extrapolated, double Rate);
