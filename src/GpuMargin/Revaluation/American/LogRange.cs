using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>A range of logarithms, mapped to [−1, 1].</summary>
readonly record struct LogRange(double Middle, double HalfWidth)
{
    public static LogRange Between(double low, double high)
    {
        double a = HostMath.Log(low), b = HostMath.Log(high);
        return new LogRange((a + b) / 2, (b - a) / 2);
    }

    /// <summary>Lowest logarithm.</summary>
    public double Start => Middle - HalfWidth;

    /// <summary>Highest logarithm.</summary>
    public double End => Middle + HalfWidth;

    /// <summary>Within [−1, 1]; outside the range its end.</summary>
    public double PlaceOf(double logarithm) => HalfWidth == 0 ? 0 : Math.Clamp((logarithm - Middle) / HalfWidth, -1, 1);

    public double At(double place) => HostMath.Exp(Middle + HalfWidth * place);

    public (LogRange Lower, LogRange Upper) Halves() =>
        (new(Middle - HalfWidth / 2, HalfWidth / 2), new(Middle + HalfWidth / 2, HalfWidth / 2));

    /// <summary>What is found for a range, or for its halves where nothing is, and so on.</summary>
    /// <param name="most">Number of parts.</param>
    /// <returns><see langword="null"/>: a part for which nothing is found can no longer be halved.</returns>
    public static IReadOnlyList<TFound>? Split<TFound>(LogRange whole, int most, Func<LogRange, TFound?> find)
        where TFound : class
    {
        List<TFound> found = [];
        Queue<LogRange> open = new([whole]);
        while (open.TryDequeue(out LogRange range))
        {
            if (find(range) is { } one)
            {
                found.Add(one);
            }
            else if (found.Count + open.Count + 2 > most || range.HalfWidth == 0)
            {
                return null;
            }
            else
            {
                (LogRange lower, LogRange upper) = range.Halves();
                open.Enqueue(lower);
                open.Enqueue(upper);
            }
        }

        return found;
    }
}
