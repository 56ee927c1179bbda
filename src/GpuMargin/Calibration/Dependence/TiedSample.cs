using GpuMargin.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Residuals of which those of one observed move share a rank: what lies between two ticks is not known.</summary>
/// <remarks>
/// A tick or an unchanged price gives equal moves, but a volatility that changes from day to day gives them unequal residuals, whose order says nothing of the
/// other factors. Days without a move always share a rank. Days of another repeated move do where their residuals stand together; where volatility has
/// mixed them with those of other moves, their order is information again.
/// </remarks>
sealed class TiedSample
{
    /// <summary>Share of a factor's pairs of days that tie (10% of the days unchanged) from which ties count: below, they move a correlation by less than 0.005.</summary>
    public const double SmallestShare = 0.01;

    /// <summary>Share from which mean ranks bias a t copula's ν by more than its standard error (ν = 5, ten factors, 2,000 days).</summary>
    const double CoarseShare = 0.2;

    /// <summary>Moves nearer to each other than this share of their root mean square are equal: prices carry rounding.</summary>
    const double RelativeTolerance = 1e-6;

    /// <summary>Share of a group's residuals left out on each side of its range, and share of other days inside the range up to which the group stands together.</summary>
    const double OutliersShare = 0.05, OthersShare = 0.1;

    TiedSample(double[,] values, double[] shares) => (Values, Shares) = (values, shares);

    /// <summary>[day, factor]: the residuals, where ties count with one value per group.</summary>
    public double[,] Values { get; }

    /// <summary>Pairs of days that tie over all pairs, by factor; 0 where ties do not count.</summary>
    public double[] Shares { get; }

    public bool HasTies => Shares.Any(share => share > 0);

    public bool IsTied(int factor) => Shares[factor] > 0;

    /// <summary>Whether ties are so many that ν is better taken from other factors.</summary>
    public bool IsCoarse(int factor) => Shares[factor] > CoarseShare;

    /// <summary>Factors for which a condition holds.</summary>
    public IEnumerable<int> Places(Func<int, bool> condition) => Enumerable.Range(0, Shares.Length).Where(condition);

    /// <param name="residuals">[day, factor], none constant.</param>
    /// <param name="moves">[day, factor]: what was observed, such as changes of prices.</param>
    public static TiedSample Of(double[,] residuals, double[,] moves)
    {
        (int days, int factors) = (residuals.GetLength(0), residuals.GetLength(1));
        double[,] values = (double[,])residuals.Clone();
        double[] shares = new double[factors];
        SideBySide.For(factors, factor =>
        {
            double[] column = SampleCheck.Column(residuals, factor), grouped = Grouped(column, SampleCheck.Column(moves, factor));
            double share = Share(RankedSample.Of(grouped));
            if (share < SmallestShare || share == 1)
            {
                return;
            }

            shares[factor] = share;
            for (int day = 0; day < days; day++)
            {
                values[day, factor] = grouped[day];
            }
        });
        return new TiedSample(values, shares);
    }

    static double Share(RankedSample ranked) => ranked.TiedPairs / (ranked.Order.Length * (ranked.Order.Length - 1.0) / 2);

    static double[] Grouped(double[] residuals, double[] moves)
    {
        int days = moves.Length;
        int[] order = [.. Enumerable.Range(0, days)];
        double[] sorted = [.. moves], grouped = [.. residuals];
        Array.Sort(sorted, order);
        int[] slots = RankedSample.Of(residuals).Slot;
        double tolerance = RelativeTolerance * Math.Sqrt(moves.Sum(move => move * move) / days);
        for (int start = 0, end; start < days; start = end)
        {
            bool unmoved = Math.Abs(sorted[start]) <= tolerance;
            end = start + 1;
            while (end < days && sorted[end] - sorted[end - 1] <= tolerance)
            {
                unmoved |= Math.Abs(sorted[end]) <= tolerance;
                end++;
            }

            int[] group = order[start..end];
            if (group.Length > 1 && (unmoved || StandTogether(group, slots)))
            {
                double[] of = [.. group.Select(day => residuals[day]).Order()];
                foreach (int day in group)
                {
                    grouped[day] = of[of.Length / 2];
                }
            }
        }

        return grouped;
    }

    static bool StandTogether(int[] group, int[] slots)
    {
        int[] at = [.. group.Select(day => slots[day]).Order()];
        int left = (int)(OutliersShare * at.Length), right = at.Length - 1 - left;
        int span = at[right] - at[left] + 1, others = span - (right - left + 1);
        return others <= OthersShare * span;
    }
}
