using System.Buffers.Binary;
using System.Security.Cryptography;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>A call of strike one with cash dividends as polynomials of <see cref="ExDatePiece{T}"/>, for all prices and a range of volatilities.</summary>
/// <param name="Range">Of ln σ√T.</param>
/// <param name="Years">To expiry.</param>
/// <param name="ExDates">The last first.</param>
/// <param name="Coefficients">[ex-date], as kernels read them.</param>
/// <param name="Size">Numbers of terms.</param>
/// <param name="WorstError">Over the check points, a share of the strike, or of the price where it is higher.</param>
sealed record ExDateSurface(
    LogRange Range, double Years, IReadOnlyList<ExDate> ExDates, IReadOnlyList<double[]> Coefficients, ExDateSize Size, double WorstError)
{
    /// <summary>Values come from double precision, whatever the run's.</summary>
    public bool InDouble { get; init; }

    /// <summary>Pieces for an option, in the order of the ex-dates.</summary>
    /// <param name="start">Place of the first coefficient.</param>
    /// <param name="logDeviation">ln σ√T without a shock.</param>
    /// <param name="strike">m·K.</param>
    public IEnumerable<ExDatePiece<T>> Pieces<T>(int start, double logDeviation, double strike)
        where T : unmanaged, ILane<T>
    {
        for (int d = 0; d < ExDates.Count; d++)
        {
            double share = Math.Sqrt(ExDates[d].Years / Years);
            yield return new ExDatePiece<T>(
                start, Size.Deviation, Size.Distance, Size.Deviation,
                from: T.Of(Range.Start - logDeviation),
                origin: T.Of(Range.HalfWidth == 0 ? 0 : (logDeviation - Range.Middle) / Range.HalfWidth),
                step: T.Of(Range.HalfWidth == 0 ? 0 : 1 / Range.HalfWidth),
                inverseShare: T.Of(1 / share), width: T.Of(share * strike), slope: T.Of(Size.Slope), cash: T.Of(ExDates[d].Cash * strike));
            start += Coefficients[d].Length;
        }
    }

    /// <summary>Adds all that values are made of, little-endian and in a fixed order.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        Append(hash, [Range.Middle, Range.HalfWidth, Years, Size.Distance, Size.Deviation, Size.Reach, ExDates.Count]);
        for (int d = 0; d < ExDates.Count; d++)
        {
            Append(hash, [ExDates[d].Years, ExDates[d].Cash]);
            Append(hash, Coefficients[d]);
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
