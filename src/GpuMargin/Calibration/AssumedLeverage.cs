namespace GpuMargin.Calibration;

/// <summary>Correlations of prices and volatilities that nobody measured, replaced by those of a kind of underlying.</summary>
/// <param name="Kind">Of the underlyings.</param>
/// <param name="Pairs">Prices and their proxies; the other correlations of the proxies follow from these.</param>
/// <remarks>
/// A proxy's innovation is taken as y = ρ·x + √(1 − ρ²)·e, where x is the innovation of its price and the e have the correlations that the proxies had. So the
/// correlation of y with another factor is ρ times that of its price, two proxies have ρ²·C + (1 − ρ²)·V of their prices' C and their own V, and the matrix
/// is positive semi-definite if it was, with every measured correlation as it was.
/// </remarks>
public sealed record AssumedLeverage(Leverage Kind, IReadOnlyList<LeveragedPair> Pairs)
{
    /// <summary>Correlation of a price's and its volatility's innovation.</summary>
    public double Correlation => Of(Kind).Correlation;

    /// <summary>Source of <see cref="Correlation"/>.</summary>
    public string Source => Of(Kind).Source;

    /// <param name="correlation">[factor, factor], as estimated.</param>
    /// <param name="pairs">Places of a price and its proxy.</param>
    internal static (AssumedLeverage Leverage, double[,] Correlation) Apply(Leverage kind, double[,] correlation, IReadOnlyList<(int Price, int Proxy)> pairs)
    {
        double rho = Of(kind).Correlation, rest = (1 - rho) * (1 + rho);
        Dictionary<int, int> priceOf = pairs.ToDictionary(pair => pair.Proxy, pair => pair.Price);
        double[,] replaced = (double[,])correlation.Clone();
        foreach ((int price, int proxy) in pairs)
        {
            for (int other = 0; other < replaced.GetLength(0); other++)
            {
                if (other != proxy)
                {
                    replaced[proxy, other] = replaced[other, proxy] = priceOf.TryGetValue(other, out int second)
                        ? rho * rho * correlation[price, second] + rest * correlation[proxy, other]
                        : rho * correlation[price, other];
                }
            }
        }

        return (new AssumedLeverage(kind, [.. pairs.Select(pair => new LeveragedPair(pair.Price, pair.Proxy, correlation[pair.Price, pair.Proxy]))]), replaced);
    }

    static (double Correlation, string Source) Of(Leverage kind) => kind switch
    {
        Leverage.EquityIndex => (-0.70, "daily changes of the S&P 500 and the VIX, 1990 to 2024 (Garven 2024)"),
        Leverage.Equity => (-0.30, "-0.70 of an index, times 0.51 of a share's and the index's returns (mean of the 30 shares of samples/dow30), times 0.81 of their volatilities (0.92 * sqrt(0.77), Christoffersen, Fournier and Jacobs 2013); idiosyncratic volatility does not react (Dennis, Mayhew and Stivers 2006)"),
        Leverage.Crypto => (0, "no lasting sign: bitcoin's price and its 30-day implied volatility moved together in 2023 and against each other in 2022 (CoinDesk, 4 April 2023)"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

/// <summary>A price and its volatility whose correlation was replaced.</summary>
/// <param name="Price">Place of the price factor.</param>
/// <param name="Volatility">Place of its proxy.</param>
/// <param name="Estimated">Correlation of the proxy, which was replaced.</param>
public sealed record LeveragedPair(int Price, int Volatility, double Estimated);
