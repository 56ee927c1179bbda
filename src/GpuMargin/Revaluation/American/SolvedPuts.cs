namespace GpuMargin.Revaluation.American;

/// <summary>Puts of a key, each solved once.</summary>
sealed class SolvedPuts(PremiumKey key, BoundaryAccuracy accuracy)
{
    readonly Dictionary<double, PutTerms> terms = [];
    readonly Dictionary<(double, double), AmericanPut> puts = [];

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

            put = new AmericanPut(found, deviation / Math.Sqrt(key.Years));
            puts.Add((coordinate, deviation), put);
        }

        return put;
    }
}
