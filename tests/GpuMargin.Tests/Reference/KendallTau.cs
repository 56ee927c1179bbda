namespace GpuMargin.Tests.Reference;

/// <summary>Kendall's rank correlation in O(n log n) (Knight 1966).</summary>
public static class KendallTau
{
    /// <summary>τ-b: (concordant − discordant)/√((pairs − ties in x)·(pairs − ties in y)); without ties the plain τ.</summary>
    public static double Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        int n = x.Count;
        var order = Enumerable.Range(0, n).OrderBy(i => x[i]).ThenBy(i => y[i]).ToArray();
        long pairs = Pairs(n);
        long tiesX = TiedPairs([.. order.Select(i => x[i])]);
        long tiesBoth = TiedPairs([.. order.Select(i => (x[i], y[i]))]);
        double[] ranked = [.. order.Select(i => y[i])];
        long swaps = SortCountingSwaps(ranked, new double[n], 0, n);
        long tiesY = TiedPairs(ranked);
        double numerator = pairs - tiesX - tiesY + tiesBoth - (2.0 * swaps);
        return numerator / Math.Sqrt((double)(pairs - tiesX) * (pairs - tiesY));
    }

    /// <summary>Standard error of τ for independent samples: √(2(2n + 5)/(9n(n − 1))); an upper bound of it within a factor √2 or so for dependent ones.</summary>
    public static double StandardErrorUnderIndependence(int n) => Math.Sqrt(2 * ((2.0 * n) + 5) / (9.0 * n * (n - 1.0)));

    /// <summary>τ of every elliptical copula: (2/π)·asin ρ.</summary>
    public static double OfEllipticalCopula(double correlation) => 2 / Math.PI * Math.Asin(correlation);

    static long Pairs(long n) => n * (n - 1) / 2;

    static long TiedPairs<T>(T[] sorted)
    {
        long tied = 0;
        long run = 1;
        for (int i = 1; i <= sorted.Length; i++)
        {
            if (i < sorted.Length && EqualityComparer<T>.Default.Equals(sorted[i], sorted[i - 1]))
            {
                run++;
                continue;
            }
            tied += Pairs(run);
            run = 1;
        }
        return tied;
    }

    // Merge sort; an element that overtakes k others swaps k times.
    static long SortCountingSwaps(double[] values, double[] buffer, int start, int end)
    {
        if (end - start < 2)
        {
            return 0;
        }

        int middle = (start + end) / 2;
        long swaps = SortCountingSwaps(values, buffer, start, middle) + SortCountingSwaps(values, buffer, middle, end);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++)
        {
            if (left < middle && (right >= end || values[left] <= values[right]))
            {
                buffer[i] = values[left++];
            }
            else
            {
                swaps += middle - left;
                buffer[i] = values[right++];
            }
        }
        Array.Copy(buffer, start, values, start, end - start);
        return swaps;
    }
}
