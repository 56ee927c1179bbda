namespace GpuMargin.Scenarios;

/// <summary>Independent normals of days from independent normals of levels: the increments of a Brownian bridge.</summary>
/// <remarks>
/// Level 0 is the sum over the horizon, level 1 splits it in two, and so on (Caflisch, Morokoff and Owen 1997): the first levels
/// carry most of a path's end. A day's normal is Σ weight·normal of level over its entries, in order of level; the full
/// matrix [day, level] is orthogonal.
/// </remarks>
/// <param name="First">Per day its first entry; one more element ends the last day.</param>
/// <param name="Level">Per entry, growing within a day.</param>
/// <param name="Weight">Per entry.</param>
/// <param name="Variance">Per level: the variance that its normal adds to the path at the end of the horizon (level 0) or in the middle of its interval.</param>
sealed record BrownianBridge(int[] First, int[] Level, double[] Weight, double[] Variance)
{
    /// <param name="days">≥ 0.</param>
    public static BrownianBridge Of(int days)
    {
        List<(int Level, double Weight)>[] entries = [.. Enumerable.Range(0, days).Select(_ => new List<(int, double)>())];
        double[] variance = new double[days];
        if (days > 0)
        {
            double each = 1 / Math.Sqrt(days);
            foreach (List<(int, double)> day in entries)
            {
                day.Add((0, each));
            }

            variance[0] = days;
        }

        // An interval of a + b days, split by the standardised contrast of its halves: √(b/(a·(a + b))) on the left days,
        // −√(a/(b·(a + b))) on the right ones.
        Queue<(int Start, int End)> open = new([(0, days)]);
        for (int level = 1; level < days;)
        {
            (int start, int end) = open.Dequeue();
            if (end - start < 2)
            {
                continue;
            }

            int middle = start + (end - start + 1) / 2;
            double a = middle - start;
            double b = end - middle;
            double left = Math.Sqrt(b / (a * (a + b)));
            double right = -Math.Sqrt(a / (b * (a + b)));
            for (int day = start; day < end; day++)
            {
                entries[day].Add((level, day < middle ? left : right));
            }

            // Of the path itself, the bridge's point in the middle: a·b/(a + b).
            variance[level] = a * b / (a + b);
            open.Enqueue((start, middle));
            open.Enqueue((middle, end));
            level++;
        }

        int[] first = new int[days + 1];
        for (int day = 0; day < days; day++)
        {
            first[day + 1] = first[day] + entries[day].Count;
        }

        return new BrownianBridge(
            first, [.. entries.SelectMany(day => day.Select(e => e.Level))], [.. entries.SelectMany(day => day.Select(e => e.Weight))], variance);
    }
}
