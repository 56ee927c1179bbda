namespace GpuMargin.Revaluation.American;

/// <summary>Puts of a key, each solved once. Where rates move, its boundary is sought from those of neighbours.</summary>
sealed class SolvedPuts(PremiumKey key, BoundaryAccuracy accuracy)
{
    readonly Dictionary<double, PutTerms> terms = [];
    readonly Dictionary<(double, double), AmericanPut> puts = [];
    readonly SolvedBoundaries ofDeviation = new(), ofRate = new();

    /// <param name="coordinate">Of the rate.</param>
    /// <param name="deviation">v.</param>
    /// <exception cref="ArithmeticException">The critical price was not found.</exception>
    public AmericanPut At(double coordinate, double deviation)
    {
        if (!puts.TryGetValue((coordinate, deviation), out AmericanPut? put))
        {
            if (!terms.TryGetValue(coordinate, out PutTerms? found))
            {
                (double rate, double yield) = key.At(coordinate);
                found = new PutTerms(rate, yield, key.Years, accuracy);
                terms.Add(coordinate, found);
            }

            double volatility = deviation / Math.Sqrt(key.Years);
            put = key.Span.Moves ? new AmericanPut(found, volatility, Boundary(found, volatility, coordinate, deviation)) : new AmericanPut(found, volatility);
            puts.Add((coordinate, deviation), put);
        }

        return put;
    }

    ExerciseBoundary Boundary(PutTerms put, double volatility, double coordinate, double deviation)
    {
        ExerciseBoundary boundary = new(put, volatility, ofDeviation.Near(deviation, coordinate) ?? ofRate.Near(coordinate, deviation));
        ofDeviation.Add(deviation, coordinate, boundary);
        ofRate.Add(coordinate, deviation, boundary);
        return boundary;
    }
}
