namespace GpuMargin.Calibration.Dependence;

/// <summary>A factor's days in a dozen classes of neighbouring ranks; days that tie are in one class.</summary>
sealed class RankClasses
{
    // Shares of days below the bounds aimed at: even in the middle, with tails that tell a t copula from a Gaussian.
    static readonly double[] s_wanted = [0.01, 0.04, 0.09, 0.18, 0.3, 0.43, 0.57, 0.7, 0.82, 0.91, 0.96, 0.99];

    RankClasses(double[] bounds, int[] classOf) => (Bounds, ClassOf) = (bounds, classOf);

    /// <summary>Share of the days below each inner bound, increasing, in (0, 1); one fewer than classes.</summary>
    public double[] Bounds { get; }

    /// <summary>Class of each day, from 0.</summary>
    public int[] ClassOf { get; }

    public int Count => Bounds.Length + 1;

    /// <param name="ranked">Not constant.</param>
    public static RankClasses Of(RankedSample ranked)
    {
        int days = ranked.Order.Length;
        List<int> ends = []; // of the groups of equal days, but the last
        for (int slot = 0; (slot = ranked.GroupEnd[ranked.Order[slot]]) < days;)
        {
            ends.Add(slot);
        }

        List<int> bounds = [];
        foreach (double share in s_wanted)
        {
            int bound = Nearest(ends, share * days);
            if (bounds.Count == 0 || bound > bounds[^1])
            {
                bounds.Add(bound);
            }
        }

        int[] classOf = new int[days];
        int at = 0;
        for (int slot = 0; slot < days; slot++)
        {
            at += at < bounds.Count && slot >= bounds[at] ? 1 : 0;
            classOf[ranked.Order[slot]] = at;
        }

        return new RankClasses([.. bounds.Select(bound => (double)bound / days)], classOf);
    }

    static int Nearest(List<int> ends, double wanted)
    {
        int at = ends.BinarySearch((int)Math.Round(wanted));
        at = at < 0 ? ~at : at;
        return at == ends.Count ? ends[^1]
            : at > 0 && wanted - ends[at - 1] < ends[at] - wanted ? ends[at - 1]
            : ends[at];
    }
}
