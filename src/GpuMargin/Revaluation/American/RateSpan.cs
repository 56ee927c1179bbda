namespace GpuMargin.Revaluation.American;

/// <summary>Range of a rate that moves, in a coordinate in which premiums are smooth: ln of the rate of a put, whose premium vanishes with it; of a yield the change.</summary>
/// <param name="Low">Lowest coordinate.</param>
/// <param name="High">Highest.</param>
readonly record struct RateSpan(RateMotion Motion, double Low, double High)
{
    // A part of less than this share would hardly be smoother than the whole.
    const double LeastPart = 0.02;

    // Close to a kink premiums change on a smaller scale the closer they are.
    const double NearKink = 0.25;

    public bool Moves => Motion != RateMotion.None;

    /// <summary>Whether the coordinate is ln of the rate.</summary>
    public bool IsLogarithm => Motion is RateMotion.Rate or RateMotion.Both;

    public double Middle => (Low + High) / 2;

    public double HalfWidth => (High - Low) / 2;

    /// <param name="z">Place, −1 … 1.</param>
    public double At(double z) => Middle + z * HalfWidth;

    /// <summary>Two parts: divided at the kink where it lies inside, near it where it is an end, else in the middle.</summary>
    public (RateSpan Lower, RateSpan Upper) Parts(double kink)
    {
        double width = High - Low, least = LeastPart * width;
        double at = kink > Low + least && kink < High - least ? kink
            : Math.Abs(kink - Low) <= least ? Low + NearKink * width
            : Math.Abs(kink - High) <= least ? High - NearKink * width
            : Middle;
        return (this with { High = at }, this with { Low = at });
    }

    /// <summary>A quarter of it, around a coordinate.</summary>
    public RateSpan Quarter(double around)
    {
        double middle = Math.Clamp(around, Low, High);
        return this with { Low = middle - (middle - Low) / 4, High = middle + (High - middle) / 4 };
    }
}
