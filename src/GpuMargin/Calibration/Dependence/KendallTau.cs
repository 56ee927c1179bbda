using GpuMargin.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Kendall's rank correlation τ-b: (concordant − discordant)/√((pairs − ties in x)·(pairs − ties in y)); without ties the plain τ.</summary>
/// <remarks>As Knight (1966, JASA 61, 436–439) orders the days by one factor and counts the other's inversions, but with a counting set of ranks instead of a merge sort.</remarks>
static class KendallTau
{
    /// <summary>τ-b of two series.</summary>
    /// <exception cref="ArgumentException">Different lengths, fewer than two observations, a value that is not finite, or a constant series, whose τ is undefined.</exception>
    public static double Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"The series have {x.Count} and {y.Count} observations."), nameof(y));
        }

        double[,] both = new double[x.Count, 2];
        for (int day = 0; day < x.Count; day++)
        {
            (both[day, 0], both[day, 1]) = (x[day], y[day]);
        }

        return Matrix(both)[0, 1];
    }

    /// <summary>τ-b of all pairs of factors, on all cores.</summary>
    /// <param name="sample">[day, factor], finite.</param>
    /// <returns>[factor, factor], symmetric, ones on the diagonal.</returns>
    /// <exception cref="ArgumentException">Fewer than two days, no factor, a value that is not finite, or a constant factor, whose τ is undefined.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static double[,] Matrix(double[,] sample, CancellationToken cancellation = default)
    {
        SampleCheck.Require(sample, daysAtLeast: 2);
        int days = sample.GetLength(0);
        int factors = sample.GetLength(1);
        RankedSample[] ranked = new RankedSample[factors];
        SideBySide.For(factors, factor => ranked[factor] = RankedSample.Of(SampleCheck.Column(sample, factor)), cancellation: cancellation);
        double[,] tau = new double[factors, factors];
        SideBySide.For(factors, () => new RankSet(days), (i, ranks) =>
        {
            tau[i, i] = 1;
            for (int j = (i + 1) % factors, left = OthersOf(i, factors); left > 0; left--, j = (j + 1) % factors)
            {
                tau[i, j] = tau[j, i] = Of(ranked[i], ranked[j], ranks);
            }
        }, cancellation);
        return tau;
    }

    /// <summary>Correlation of the elliptical copula with this τ: sin(πτ/2) (Lindskog, McNeil and Schmock 2003), the same for every ν.</summary>
    /// <param name="tau">[factor, factor].</param>
    /// <returns>Symmetric, unit diagonal; not always positive semi-definite, see <see cref="CorrelationRepair"/>.</returns>
    public static double[,] ToCorrelation(double[,] tau)
    {
        ArgumentNullException.ThrowIfNull(tau);
        int count = tau.GetLength(0);
        double[,] correlation = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                correlation[i, j] = i == j ? 1 : Math.Sin(Math.PI / 2 * tau[i, j]);
            }
        }

        return correlation;
    }

    // Each unordered pair once, the same number of them for every factor, so that threads share evenly.
    static int OthersOf(int factor, int factors) =>
        factors % 2 == 1 || factor >= factors / 2 ? (factors - 1) / 2 : factors / 2;

    static double Of(RankedSample x, RankedSample y, RankSet ranks)
    {
        long days = x.Order.Length;
        long pairs = days * (days - 1) / 2;
        ranks.Clear();
        long balance = x.HasTies || y.HasTies ? BalanceWithTies(x, y, ranks) : 2 * Concordant(x, y, ranks) - pairs;
        return balance / Math.Sqrt((double)(pairs - x.TiedPairs) * (pairs - y.TiedPairs));
    }

    static long Concordant(RankedSample x, RankedSample y, RankSet ranks)
    {
        long concordant = 0;
        int[] slots = y.Slot;
        foreach (int day in x.Order)
        {
            int slot = slots[day];
            concordant += ranks.CountBelow(slot);
            ranks.Add(slot);
        }

        return concordant;
    }

    /// <summary>Concordant less discordant pairs: days that tie in x are compared with earlier groups only.</summary>
    static long BalanceWithTies(RankedSample x, RankedSample y, RankSet ranks)
    {
        long balance = 0;
        for (int start = 0, end; start < x.Order.Length; start = end)
        {
            end = x.GroupEnd[x.Order[start]];
            for (int at = start; at < end; at++)
            {
                int day = x.Order[at];
                int notAbove = ranks.CountBelow(y.GroupEnd[day]);
                balance += ranks.CountBelow(y.GroupStart[day]) - (start - notAbove);
            }

            for (int at = start; at < end; at++)
            {
                ranks.Add(y.Slot[x.Order[at]]);
            }
        }

        return balance;
    }
}
