using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin.Attribution;

/// <summary>What expected shortfall of an account would fall by without one of its positions.</summary>
public static class IncrementalShortfall
{
    const int BatchRows = 4_096;

    /// <returns>Per position, instruments in file order as in <see cref="PositionTail.Instruments"/>; run currency, &gt; 0 where the account needs less without it.</returns>
    /// <exception cref="RefusedInputException">As <see cref="MarginCalculator.Calculate"/>.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static double[] Of(ClearingSet set, int account, IBackend backend, CancellationToken cancellation = default)
    {
        ValuationRun run = AccountRun.Of(set, null, cancellation);
        return Of(set, run, account, run.Scenarios, backend, cancellation);
    }

    /// <param name="run">Of the set's accounts.</param>
    internal static double[] Of(ClearingSet set, ValuationRun run, int account, int scenarios, IBackend backend, CancellationToken cancellation)
    {
        PositionRows whole = run.Positions.Select([account]);
        (int[] instruments, double[] quantities) = new PlacedInstruments(run.Instruments, set.Instruments.Count).Positions(whole, 0);
        QuantileRanks ranks = QuantileRanks.For(scenarios, set.Settings.Confidence);
        ScenarioWeights weights = run.Source.Weights();
        int length = TailMeasures.Length(weights, ranks);
        double[] incremental = new double[instruments.Length];
        for (int first = 0; first < instruments.Length; first += BatchRows)
        {
            int count = Math.Min(BatchRows, instruments.Length - first);
            PositionRows singles = PositionRows.From(
                new PositionTable([.. Enumerable.Range(0, count)], instruments[first..(first + count)], quantities[first..(first + count)]),
                [.. instruments.Skip(first).Take(count).Select(instrument => new RowKey(RowKind.Instrument, set.Accounts[account], set.Instruments[instrument].Name))],
                run.Instruments);
            RemainderRows rests = new(new int[count], [.. Enumerable.Range(0, count + 1)], [.. Enumerable.Range(1, count)]);
            EngineResult result = Valuation.Compute(
                run with { Scenarios = scenarios, Positions = whole.With(singles, rests), TailLength = length, FingerprintRows = 0 }, backend, null, cancellation);
            TailMeasures measures = TailMeasures.Of(run.Source, scenarios, (long)(count + 1) * length);
            double all = measures.Of(result.Tails[0], RiskMeasure.ExpectedShortfall, ranks);
            for (int i = 0; i < count; i++)
            {
                incremental[first + i] = all - measures.Of(result.Tails[1 + count + i], RiskMeasure.ExpectedShortfall, ranks);
            }
        }

        return incremental;
    }
}
