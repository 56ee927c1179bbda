using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>Value at risk, expected shortfall and margin of accounts from their tails.</summary>
static class AccountMeasures
{
    /// <summary>Margins of all accounts of a run.</summary>
    public static AccountMargin[] Of(ClearingSet set, ValuationRun run, QuantileRanks ranks, IReadOnlyList<LossTail> tails) =>
        Of(set, run, ranks, [.. Enumerable.Range(0, set.Accounts.Count)], tails);

    /// <param name="run">Of all accounts.</param>
    /// <param name="accounts">Those measured, numbers in the set.</param>
    /// <param name="tails">Of each of them.</param>
    public static AccountMargin[] Of(
        ClearingSet set, ValuationRun run, QuantileRanks ranks, IReadOnlyList<int> accounts, IReadOnlyList<LossTail> tails)
    {
        double[] values = run.Positions.Values(run.Instruments);
        TailMeasures measures = TailMeasures.Of(run.Source, run.Scenarios, (long)accounts.Count * run.TailLength);
        AccountMargin[] margins = new AccountMargin[accounts.Count];
        SideBySide.For(margins.Length, () => new TailMemory(), (i, memory) =>
        {
            int account = accounts[i];
            memory.Tail = StoredTails.Read(tails, i, memory.Tail);
            (Estimate valueAtRisk, Estimate shortfall) = measures.Both(memory.Tail, ranks);
            margins[i] = new AccountMargin(
                set.Accounts[account],
                run.Positions.Count(account),
                values[account],
                valueAtRisk,
                shortfall,
                Math.Max(shortfall.Value, 0));
        });
        return margins;
    }
}
