using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin.Attribution;

/// <summary>Expected shortfall of accounts, position by position.</summary>
/// <remarks>The accounts' tails come from a run of their own, which gives the bits of the margin run; then the P&amp;L of one contract of each instrument is visited once for every batch of accounts.</remarks>
public static class ShortfallAttribution
{
    const long BatchValues = 1L << 25; // 256 MB of position P&L in tails

    /// <param name="accounts">Numbers in <see cref="ClearingSet.Accounts"/>.</param>
    /// <param name="take">Called for each of them in order; batches bound the memory.</param>
    /// <exception cref="RefusedInputException">As <see cref="MarginCalculator.Calculate"/>.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static void Of(ClearingSet set, IReadOnlyList<int> accounts, IBackend backend, Action<PositionTail> take, CancellationToken cancellation = default)
    {
        ValuationRun run = AccountRun.Of(set, null, cancellation);
        Of(set, run, [.. accounts.Select(account => (account, run.Scenarios))], backend, take, cancellation);
    }

    /// <param name="run">Of the set's accounts.</param>
    /// <param name="accounts">Each with the scenarios of its estimate.</param>
    internal static void Of(
        ClearingSet set, ValuationRun run, IReadOnlyList<(int Account, int Scenarios)> accounts, IBackend backend, Action<PositionTail> take, CancellationToken cancellation)
    {
        PlacedInstruments placed = new(run.Instruments, set.Instruments.Count);
        for (int first = 0; first < accounts.Count;)
        {
            int scenarios = accounts[first].Scenarios, length = TailScenarios(set, run, scenarios), end = first;
            for (long values = 0; end < accounts.Count && accounts[end].Scenarios == scenarios && (end == first || values < BatchValues); end++)
            {
                values += (long)run.Positions.Count(accounts[end].Account) * length;
            }

            int[] batch = [.. accounts.Skip(first).Take(end - first).Select(account => account.Account)];
            foreach (PositionTail tail in Batch(set, run with { Scenarios = scenarios }, batch, placed, backend, cancellation))
            {
                take(tail);
            }

            first = end;
        }
    }

    static int TailScenarios(ClearingSet set, ValuationRun run, int scenarios) =>
        TailMeasures.Length(run.Source.Weights(), QuantileRanks.For(scenarios, set.Settings.Confidence));

    static PositionTail[] Batch(
        ClearingSet set, ValuationRun run, int[] accounts, PlacedInstruments placed, IBackend backend, CancellationToken cancellation)
    {
        QuantileRanks ranks = QuantileRanks.For(run.Scenarios, set.Settings.Confidence);
        ScenarioWeights weights = run.Source.Weights();
        PositionRows rows = run.Positions.Select(accounts);
        EngineResult result = Valuation.Compute(
            run with { Positions = rows, TailLength = TailMeasures.Length(weights, ranks), FingerprintRows = 0 }, backend, null, cancellation);
        PositionTail[] tails = new PositionTail[accounts.Length];
        for (int i = 0; i < tails.Length; i++)
        {
            LossTail worst = result.Tails[i];
            TailShares shares = TailShares.Of(worst.Losses, weights.Vary ? Array.ConvertAll(worst.Scenarios, weights.Of) : [], worst.Scenarios, ranks);
            (int[] instruments, double[] quantities) = placed.Positions(rows, i);
            tails[i] = new PositionTail(set.Accounts[accounts[i]], instruments, quantities, shares, run.Scenarios, weights.Randomizations);
        }

        HeldInstruments held = new(set, run.Instruments, tails);
        if (held.Count > 0)
        {
            Valuation.Visit(run with { Positions = held.Rows, TailLength = 1, FingerprintRows = 0 }, backend, held.Take, cancellation);
            Array.ForEach(tails, tail => tail.Settle());
        }

        return tails;
    }
}
