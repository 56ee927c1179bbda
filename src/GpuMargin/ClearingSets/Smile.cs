using GpuMargin.Volatility;

namespace GpuMargin.ClearingSets;

/// <summary>One row of smiles.csv.</summary>
/// <param name="Years">To expiry, ACT/365.</param>
/// <param name="Slice">Total variance at the expiry.</param>
public readonly record struct Smile(double Years, SviSlice Slice)
{
    /// <summary>Implied volatility of several smiles, per √year.</summary>
    /// <param name="smiles">By expiry, at least one.</param>
    /// <param name="logMoneyness">ln(K/F).</param>
    /// <param name="years">To expiry, above zero.</param>
    internal static double Volatility(IReadOnlyList<Smile> smiles, double logMoneyness, double years)
    {
        double variance = 0;
        foreach ((Smile smile, double weight) in At(smiles, years))
        {
            variance += weight * smile.Slice.TotalVariance(logMoneyness);
        }

        return Math.Sqrt(variance / years);
    }

    /// <summary>The smiles beside a time and their weights in its total variance, which is linear between expiries; outside the volatility is that of the nearest.</summary>
    internal static IReadOnlyList<(Smile Smile, double Weight)> At(IReadOnlyList<Smile> smiles, double years)
    {
        int next = 0;
        while (next < smiles.Count && smiles[next].Years <= years)
        {
            next++;
        }

        if (next == 0 || next == smiles.Count)
        {
            return smiles.Count == 0 ? [] : [(smiles[Math.Max(next - 1, 0)], years / smiles[Math.Max(next - 1, 0)].Years)];
        }

        double before = smiles[next - 1].Years, share = (years - before) / (smiles[next].Years - before);
        return share == 0 ? [(smiles[next - 1], 1)] : [(smiles[next - 1], 1 - share), (smiles[next], share)];
    }
}
