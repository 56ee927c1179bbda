using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;
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
            (Estimate valueAtRisk, Estimate shortfall, TailVerdict verdict) = measures.Judged(memory.Tail, ranks);
            double bound = LossBounds.Of(run.Positions, run.Instruments, account);
            valueAtRisk = valueAtRisk.AtMost(bound);
            shortfall = shortfall.AtMost(bound);
            margins[i] = new AccountMargin(
                set.Accounts[account],
                run.Positions.Count(account),
                values[account],
                valueAtRisk,
                shortfall,
                Math.Max(shortfall.Value, 0))
            {
                ExpectedShortfallTrusted = verdict.IsTrusted || IsFlat(run, account, memory.Tail.Losses),
                LargestShare = verdict.LargestShare,
                WorstScenario = memory.Tail.Scenarios[0],
            };
        });
        return margins;
    }

    // Nothing is held, or what is held cancels but for rounding: there is no error to be wrong about.
    static bool IsFlat(ValuationRun run, int account, double[] losses)
    {
        const double Rounding = 1e-6; // of mixed precision
        PositionRows positions = run.Positions;
        double gross = 0;
        for (int k = positions.Start[account]; k < positions.Start[account + 1]; k++)
        {
            int place = positions.Instrument[k];
            double value = run.Instruments.IsOption[place] ? run.Instruments.HeldValue[place] : MovedInstruments.Size(run.Instruments, place);
            gross += Math.Abs(positions.Quantity[k] * value * run.Instruments.FxRate[place]);
        }

        double largest = Math.Max(Math.Abs(losses[0]), Math.Abs(losses[^1]));
        return positions.Count(account) == 0 || (gross > 0 && largest <= Rounding * gross);
    }
}
