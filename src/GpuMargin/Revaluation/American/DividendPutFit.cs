using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>The smallest <see cref="PremiumSurface"/> of a put with cash dividends within a tolerance; several over parts of the range of volatilities where one is not enough.</summary>
static class DividendPutFit
{
    /// <summary>Largest error of a value, a share of the strike.</summary>
    public const double LargestError = 1e-6;

    // In double precision, where it is within reach.
    const double Sought = 1e-7;

    // Ranges of volatilities; in single precision more than two are dearer than double precision is.
    const int MostPieces = 8, MostInSingle = 2;

    // Interest until expiry up to which the coarse solver is within a fifth of the tolerance.
    const double LowInterest = 0.12;

    // Numbers of terms, of distance and deviation, in the order of trial: powers beyond 20 lose single precision, which may be less than what they gain; what it cannot give at all is valued in double.
    static readonly PremiumSize[] s_mixed = [new(20, 12, 1), new(24, 12, 1), new(17, 12, 1)], s_double = [new(36, 20, 1)];

    /// <param name="terms">With a rate above zero.</param>
    /// <param name="low">Lowest σ, above zero.</param>
    /// <param name="high">Highest σ.</param>
    /// <param name="precision">Of the run that reads them.</param>
    /// <returns>In rising order of volatility, none where it is never exercised early; <see langword="null"/>: none is within the tolerance.</returns>
    public static IReadOnlyList<PremiumSurface>? Find(ExDateTerms terms, double low, double high, Precision precision)
    {
        double root = Math.Sqrt(terms.Years);
        DividendPutAccuracy accuracy = DividendPutAccuracy.Sizes[precision == Precision.Double || terms.Rate * terms.Years > LowInterest ? 1 : 0];
        LogRange whole = LogRange.Between(low * root, high * root);
        if (ExercisePeriod.Of(terms).Count == 0)
        {
            return [];
        }

        try
        {
            if (precision == Precision.Mixed && Fit<Float32>(s_mixed, MostInSingle, LargestError) is { } single)
            {
                return single;
            }

            return ((precision == Precision.Double ? Fit<Float64>(s_double, MostPieces, Sought) : null) ?? Fit<Float64>(s_double, MostPieces, LargestError)) is { } found
                ? [.. found.Select(surface => surface with { InDouble = precision == Precision.Mixed })]
                : null;
        }
        catch (ArithmeticException)
        {
            return null; // a critical price that the solver does not find
        }

        IReadOnlyList<PremiumSurface>? Fit<T>(IReadOnlyList<PremiumSize> sizes, int most, double tolerance)
            where T : unmanaged, IHostLane<T> =>
            LogRange.Split(whole, most, range => DividendPutGrid.Fit<T>(terms, range, sizes, accuracy, tolerance)) is { } found
                ? [.. found.OrderBy(surface => surface.Range.Middle)]
                : null;
    }

    /// <summary>The surfaces of distinct terms, each built once.</summary>
    /// <param name="known">Surfaces of another plan of the same precision.</param>
    /// <exception cref="ArgumentException">No surface is within the tolerance.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static SurfacesByTerms<ExDateTerms, PremiumSurface> All(
        IReadOnlyList<ExDateTerms> terms, Precision precision, SurfacesByTerms<ExDateTerms, PremiumSurface> known, CancellationToken cancellation) =>
        new(terms, known, one => Widest(one, precision), cancellation);

    static IReadOnlyList<PremiumSurface> Widest(ExDateTerms terms, Precision precision) =>
        (terms.Low < terms.LeastLow ? Find(terms, terms.Low, terms.High, precision) : null)
        ?? Find(terms, terms.LeastLow, terms.LeastHigh, precision)
        ?? throw new ArgumentException(FormattableString.Invariant(
            $"A put with {terms.Dividends.Count} ex-dates in {terms.Years} years at rate {terms.Rate} has no premium surface within {LargestError} of the strike for volatilities from {terms.LeastLow} to {terms.LeastHigh}."));
}
