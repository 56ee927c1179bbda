using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.History;

/// <summary>What the columns of a history are: prices, prices of any sign, or implied volatilities of another column.</summary>
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

    /// <summary>Columns of prices whose implied volatility is not in the history.</summary>
    public static int[] WithoutVolatility(ReturnHistory history)
    {
        HashSet<string> names = [.. history.Factors];
        RiskFactorKind[] kinds = history.KindOfEach();
        return [.. Enumerable.Range(0, kinds.Length).Where(factor => kinds[factor] == RiskFactorKind.Price && !names.Contains(history.Factors[factor] + VolatilitySuffix))];
    }

    // F.vol.vol is a price: it is not the volatility of a price.
    static bool IsVolatility(string name, HashSet<string> all) =>
        name.EndsWith(VolatilitySuffix, StringComparison.Ordinal) && name[..^VolatilitySuffix.Length] is var price && all.Contains(price) && !IsVolatility(price, all);
}
