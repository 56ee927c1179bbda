namespace GpuMargin.Studies;

/// <summary>How a requirement moved over a roll; the measures of Murphy, Vasios and Vause (2014, Bank of England Financial Stability Paper 29).</summary>
/// <param name="MeanChange">Mean absolute change from day to day, run currency.</param>
/// <param name="PeakToTrough">Highest over lowest; NaN where the lowest is not positive.</param>
/// <param name="Increases">By <see cref="Horizons"/>.</param>
sealed record Procyclicality(
    double First, double Last, double Mean, double Lowest, double Highest, double MeanChange, double PeakToTrough, IReadOnlyList<Increase> Increases)
{
    /// <summary>n of the largest n-day increases.</summary>
    public static IReadOnlyList<int> Horizons { get; } = [1, 5, 30];

    /// <param name="requirement">By day, at least one.</param>
    public static Procyclicality Of(IReadOnlyList<double> requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        double lowest = requirement.Min(), highest = requirement.Max();
        double change = 0;
        for (int day = 1; day < requirement.Count; day++)
        {
            change += Math.Abs(requirement[day] - requirement[day - 1]) / (requirement.Count - 1);
        }

        return new Procyclicality(
            requirement[0], requirement[^1], requirement.Average(), lowest, highest, change,
            lowest > 0 ? highest / lowest : double.NaN,
            [.. Horizons.Select(days => Increase.Largest(requirement, days))]);
    }
}

/// <summary>The largest increase of a requirement over n days, ∆ = R_{t+n} − R_t.</summary>
/// <param name="Amount">Largest ∆, run currency; NaN when the series is not longer than n, negative when it only fell.</param>
/// <param name="Relative">Largest ∆/R_t over the days with R_t &gt; 0, which need not be the same; NaN when there is none.</param>
readonly record struct Increase(int Days, double Amount, double Relative)
{
    public static Increase Largest(IReadOnlyList<double> requirement, int days)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        double amount = double.NaN, relative = double.NaN;
        for (int day = days; day < requirement.Count; day++)
        {
            double before = requirement[day - days];
            double change = requirement[day] - before;
            amount = double.IsNaN(amount) ? change : Math.Max(amount, change);
            if (before > 0)
            {
                relative = double.IsNaN(relative) ? change / before : Math.Max(relative, change / before);
            }
        }

        return new Increase(days, amount, relative);
    }
}
