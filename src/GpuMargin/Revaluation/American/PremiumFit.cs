using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>The smallest <see cref="PremiumSurface"/> within a tolerance; several over parts of the range of volatilities where one is not enough.</summary>
static class PremiumFit
{
    // Between the points of comparison the error is up to a third higher.
    const double Margin = 0.75;

    // The check has fewer points by rate.
    const double MovingMargin = 0.6;

    static readonly double[] s_distances = [0.001, 0.03, 0.1, 0.3, 0.7, 1.5, 3, 5];

    // Numbers of points, of distance and deviation; powers beyond 20 would lose single precision.
    static readonly (int, int)[] s_mixed = [(12, 12), (16, 16), (20, 16)], s_double = [(16, 16), (20, 16), (24, 20)];

    /// <summary>Largest error of a value, a share of the strike.</summary>
    public static double Tolerance(Precision precision) => precision == Precision.Mixed ? 1e-6 : 1e-9;

    /// <param name="key">Of <see cref="EarlyExercise.OneBoundary"/> at every rate of its span.</param>
    /// <param name="low">Lowest σ, above zero.</param>
    /// <param name="high">Highest σ.</param>
    /// <param name="precision">Of the run that reads them.</param>
    /// <returns>In rising order of volatility; <see langword="null"/>: none is within the tolerance.</returns>
    public static IReadOnlyList<PremiumSurface>? Find(PremiumKey key, double low, double high, Precision precision)
    {
        double[] coordinates = key.Span.Moves ? [key.Span.Middle, key.Span.Low, key.Span.High] : [0];
        if (coordinates.Any(coordinate => key.At(coordinate) is var (rate, yield) && EarlyExerciseRule.Of(OptionRight.Put, rate, yield) != EarlyExercise.OneBoundary))
        {
            return null;
        }

        try
        {
            double root = Math.Sqrt(key.Years), tolerance = (key.Span.Moves ? MovingMargin : Margin) * Tolerance(precision);
            LogRange range = LogRange.Between(low * root, high * root);
            // In double precision a size that agrees with the next at some distances may be off by 4e-8 at others.
            BoundaryAccuracy accuracy = precision == Precision.Double ? BoundaryAccuracy.Fine : Accuracy(key, coordinates, low, tolerance);
            return precision == Precision.Mixed
                ? Float32x8.IsSupported ? Search<Float32x8>(s_mixed, 9) : Search<Float32>(s_mixed, 9)
                : Float64x4.IsSupported ? Search<Float64x4>(s_double, 13) : Search<Float64>(s_double, 13);

            IReadOnlyList<PremiumSurface>? Search<T>((int, int)[] points, int mostRates)
                where T : unmanaged, IHostLane<T> => new PremiumSearch<T>(key, tolerance, accuracy, points, mostRates).Find(range);
        }
        catch (ArithmeticException)
        {
            return null; // a critical price that the solver does not find
        }
    }

    // The coarsest size that agrees with the next at the lowest volatility, where the boundary is hardest, to a part of the tolerance.
    static BoundaryAccuracy Accuracy(PremiumKey key, double[] coordinates, double lowest, double tolerance)
    {
        const double Part = 0.1;
        IReadOnlyList<BoundaryAccuracy> sizes = BoundaryAccuracy.Sizes;
        for (int k = 0; k < sizes.Count - 1; k++)
        {
            if (coordinates.All(coordinate => Agree(Put(coordinate, sizes[k]), Put(coordinate, sizes[k + 1]))))
            {
                return sizes[k];
            }
        }

        return sizes[^1];

        bool Agree(AmericanPut coarse, AmericanPut fine)
        {
            double[] logPrices = Array.ConvertAll(s_distances, distance => fine.LogCriticalPrice + distance * lowest * Math.Sqrt(key.Years));
            return coarse.PremiumsAbove(logPrices).Zip(fine.PremiumsAbove(logPrices)).All(pair => Math.Abs(pair.First - pair.Second) <= Part * tolerance);
        }

        AmericanPut Put(double coordinate, BoundaryAccuracy accuracy)
        {
            (double rate, double yield) = key.At(coordinate);
            return new AmericanPut(new PutTerms(rate, yield, key.Years, accuracy), lowest);
        }
    }
}
