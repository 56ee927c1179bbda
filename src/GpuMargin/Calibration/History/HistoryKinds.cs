using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.History;

/// <summary>What the columns of a history are: prices, prices of any sign, or implied volatilities of another column: F.vol, and F.vol.P of pivots P of a surface.</summary>
static class HistoryKinds
{
    /// <summary>Ending behind a factor's name that makes the name of its volatility factor.</summary>
    public const string VolatilitySuffix = ".vol";

    /// <param name="additive">Names of columns whose returns are differences.</param>
    public static RiskFactorKind[] Of(IReadOnlyList<string> names, IEnumerable<string> additive)
    {
        HashSet<string> all = [.. names], differences = [.. additive];
        return [.. names.Select(name =>
            IsVolatility(name, all) ? RiskFactorKind.Volatility
            : differences.Contains(name) ? RiskFactorKind.Additive
            : RiskFactorKind.Price)];
    }

    /// <summary>Columns of prices without an implied volatility in the history.</summary>
    public static int[] WithoutVolatility(ReturnHistory history)
    {
        RiskFactorKind[] kinds = history.KindOfEach();
        HashSet<string> names = [.. history.Factors], recorded = [.. history.Factors.Select(name => PriceOf(name, names)).OfType<string>()];
        return [.. Enumerable.Range(0, kinds.Length).Where(factor => kinds[factor] == RiskFactorKind.Price && !recorded.Contains(history.Factors[factor]))];
    }

    // F.vol.vol is a price: it is not the volatility of a price.
    static bool IsVolatility(string name, HashSet<string> all) => PriceOf(name, all) is not null;

    // F of F.vol, and of F.vol.P where P is the name of a pivot.
    static string? PriceOf(string name, HashSet<string> all)
    {
        for (int at = name.LastIndexOf(VolatilitySuffix, StringComparison.Ordinal); at > 0; at = name.LastIndexOf(VolatilitySuffix, at - 1, StringComparison.Ordinal))
        {
            string price = name[..at], rest = name[(at + VolatilitySuffix.Length)..];
            bool isPivot = rest.Length > 1 && rest[0] == '.' && rest != VolatilitySuffix;
            if ((rest.Length == 0 || isPivot) && all.Contains(price) && PriceOf(price, all) is null)
            {
                return price;
            }
        }

        return null;
    }
}
