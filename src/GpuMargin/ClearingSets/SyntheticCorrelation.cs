namespace GpuMargin.ClearingSets;

/// <summary>Correlation from factor loadings: a market, a common volatility, ten sectors, each stock's own news, and what is left of every risk factor.</summary>
/// <remarks>
/// Every risk factor keeps at least 0.1 of its variance to itself, so the matrix is a positive semi-definite one plus a diagonal
/// of at least 0.1. Rounding to six decimals moves an eigenvalue by less than 0.5e-6 times the number of factors,
/// at most 0.005: positive definite by construction.
/// </remarks>
static class SyntheticCorrelation
{
    const int Sectors = 10;

    const int Decimals = 6;

    /// <param name="Market">Loading on the market; negative for volatilities.</param>
    /// <param name="Sector">Loading on sector (price index modulo ten).</param>
    /// <param name="Volatility">Loading on the common volatility.</param>
    /// <param name="Own">Loading on the own news of the price: what a price and its volatility share beyond market and sector.</param>
    readonly record struct Loadings(double Market, double Sector, double Volatility, double Own);

    public static double[,] Draw(IReadOnlyList<RiskFactor> factors, SyntheticRandom random, CancellationToken cancellation)
    {
        int count = factors.Count, prices = SyntheticFactors.PriceCount(count);
        var loadings = new Loadings[count];
        // Largest sums of squares: 0.7² + 0.4² + 0.5² = 0.9 of a price, 0.4² + 0.2² + 0.6² + 0.3² = 0.65 of a volatility.
        for (int i = 0; i < count; i++)
        {
            loadings[i] = i < prices
                ? new(random.NextBetween(0.4, 0.7), random.NextBetween(0.1, 0.4), 0, random.NextBetween(0.3, 0.5))
                : new(random.NextBetween(-0.4, -0.2), random.NextBetween(-0.2, 0), random.NextBetween(0.4, 0.6), random.NextBetween(-0.3, -0.1));
        }

        double[,] correlation = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            correlation[i, i] = 1;
            for (int j = 0; j < i; j++)
            {
                correlation[i, j] = correlation[j, i] = Math.Round(Shared(loadings[i], i % prices, loadings[j], j % prices), Decimals);
            }
        }
        return correlation;
    }

    static double Shared(Loadings a, int priceOfA, Loadings b, int priceOfB)
    {
        double shared = a.Market * b.Market + a.Volatility * b.Volatility;
        if (priceOfA % Sectors == priceOfB % Sectors)
        {
            shared += a.Sector * b.Sector;
        }

        if (priceOfA == priceOfB)
        {
            shared += a.Own * b.Own;
        }

        return shared;
    }
}
