using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GpuMargin.Revaluation.American;

/// <summary>Early-exercise premium of an American put of strike one as a polynomial, for all prices and a range of volatilities and rates.</summary>
/// <remarks>
/// With v = σ√T, x = ln(S/K), t = the place of ln v in its range, z = the place of the rate's coordinate in its span, b(t, z) = ln of the critical price, ξ = (x − b)/v,
/// u = 1/(1 + ξ/bend) and w = wa·u + wb: value = European + N·P(w, t, z) where ξ &gt; 0, and 1 − S elsewhere. The normaliser N carries the decay:
/// e^(−rT)·Φ(−d2), or e^(−rT)·Φ(−ξ − min(0, (r − q)T)/v) where the drift is large beside v or the critical price is far from the
/// money, so that Φ(−d2) does not follow the premium.
/// </remarks>
/// <param name="Key">Terms of the put.</param>
/// <param name="Range">Of ln v.</param>
/// <param name="Boundary">b, [power of z][power of t].</param>
/// <param name="Coefficients">P, [power of z][power of w × <see cref="DeviationTerms"/> + power of t].</param>
/// <param name="DeviationTerms">Powers of t, of the premium.</param>
/// <param name="Slope">wa.</param>
/// <param name="Offset">wb.</param>
/// <param name="NormalizedByDistance">N is e^(−rT)·Φ(−ξ − min(0, (r − q)T)/v).</param>
/// <param name="WorstError">Over the check points, in the arithmetic of the run, a share of the strike.</param>
sealed record PremiumSurface(
    PremiumKey Key, LogRange Range, double[][] Boundary, double[][] Coefficients, int DeviationTerms, double Slope, double Offset, bool NormalizedByDistance,
    double WorstError)
{
    /// <summary>Values come from double precision, whatever the run's: single precision does not carry as many powers.</summary>
    public bool InDouble { get; init; }

    /// <summary>Drift of ln S until expiry where it falls, at the middle rate; else 0.</summary>
    public double Drift => Key.FallingDrift;

    /// <summary>ξ at which u is one half, of options that may be exercised today.</summary>
    public const double Scale = 3;

    /// <summary>ξ at which u is one half.</summary>
    public double Bend { get; init; } = Scale;

    /// <summary>One where no rate moves; else powers of z.</summary>
    public int RateTerms => Boundary.Length;

    /// <summary>Powers of t, of the boundary.</summary>
    public int BoundaryTerms => Boundary[0].Length;

    /// <summary>Powers of w.</summary>
    public int DistanceTerms => Coefficients[0].Length / DeviationTerms;

    /// <summary>Adds all that values are made of, little-endian and in a fixed order.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        Append(hash, [Key.Rate, Key.Yield, Key.Years, Key.Span.Low, Key.Span.High]);
        if (Key.Span.Moves)
        {
            Append(hash, [(int)Key.Span.Motion]);
        }

        Append(hash, [Range.Middle, Range.HalfWidth, Slope, Offset, NormalizedByDistance ? 1 : 0, RateTerms, BoundaryTerms, DeviationTerms, DistanceTerms]);
        for (int power = 0; power < RateTerms; power++)
        {
            Append(hash, Boundary[power]);
            Append(hash, Coefficients[power]);
        }

        if (Bend != Scale)
        {
            Append(hash, [Bend]);
        }
    }

    static void Append(IncrementalHash hash, ReadOnlySpan<double> numbers)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (double number in numbers)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }
}
