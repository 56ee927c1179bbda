using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>The smallest <see cref="PremiumSurface"/> of a put with cash dividends within a tolerance; several over parts of the range of volatilities where one is not enough.</summary>
static class DividendPutFit
{
    const int MostPieces = 8;

    // Numbers of points, of distance and deviation; powers beyond 20 would lose single precision.
    static readonly PremiumSize s_mixed = new(20, 12, 1), s_double = new(24, 20, 1);

    /// <param name="terms">With a rate above zero.</param>
    /// <param name="low">Lowest σ, above zero.</param>
    /// <param name="high">Highest σ.</param>
    /// <param name="precision">Of the run that reads them.</param>
    /// <returns>In rising order of volatility; <see langword="null"/>: none is within the tolerance.</returns>
    public static IReadOnlyList<PremiumSurface>? Find(ExDateTerms terms, double low, double high, Precision precision)
    {
        try
        {
            double root = Math.Sqrt(terms.Years), tolerance = PremiumFit.Tolerance(precision);
            LogRange whole = LogRange.Between(low * root, high * root);
            return LogRange.Split(whole, MostPieces, range => precision == Precision.Mixed
                ? DividendPutGrid.Fit<Float32>(terms, range, s_mixed, DividendPutAccuracy.Sizes[1], tolerance)
                : DividendPutGrid.Fit<Float64>(terms, range, s_double, DividendPutAccuracy.Sizes[^1], tolerance))
                is { } found ? [.. found.OrderBy(surface => surface.Range.Middle)] : null;
        }
        catch (ArithmeticException)
        {
            return null; // a critical price that the solver does not find
        }
    }
}
