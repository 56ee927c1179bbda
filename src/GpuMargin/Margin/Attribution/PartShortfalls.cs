using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin.Attribution;

/// <summary>Expected shortfall of parts of an account in the account's scenarios; run currency, loss &gt; 0.</summary>
/// <param name="Whole">Of the account.</param>
/// <param name="Alone">Of each part alone.</param>
/// <param name="Without">Of the account without each part.</param>
sealed record PartShortfalls(double Whole, double[] Alone, double[] Without)
{
    const int BatchRows = 4_096;

    /// <summary>What the account needs less than its parts alone, if these are all of it: 0 or more, because expected shortfall is subadditive.</summary>
    public double NettingBenefit => Alone.Sum() - Whole;

    /// <param name="run">Of the set's accounts.</param>
    /// <param name="parts">Positions, instruments in file order as in <see cref="PositionTail.Instruments"/>, of each part.</param>
    /// <exception cref="RefusedInputException">As <see cref="MarginCalculator.Calculate"/>.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static PartShortfalls Of(ClearingSet set, ValuationRun run, int account, int scenarios, IReadOnlyList<int[]> parts, IBackend backend, CancellationToken cancellation)
    {
        PositionRows whole = run.Positions.Select([account]);
        (int[] instruments, double[] quantities) = new PlacedInstruments(run.Instruments, set.Instruments.Count).Positions(whole, 0);
        QuantileRanks ranks = QuantileRanks.For(scenarios, set.Settings.Confidence);
        int length = TailMeasures.Length(run.Source.Weights(), ranks);
        double[] alone = new double[parts.Count], without = new double[parts.Count];
        double all = double.NaN;
        for (int first = 0; first < Math.Max(parts.Count, 1); first += BatchRows)
        {
            int count = Math.Min(BatchRows, parts.Count - first);
            (int Row, int Position)[] held = [.. parts.Skip(first).Take(count).SelectMany((part, row) => part.Select(position => (row, position)))];
            PositionRows singles = PositionRows.From(
                new PositionTable([.. held.Select(entry => entry.Row)], [.. held.Select(entry => instruments[entry.Position])], [.. held.Select(entry => quantities[entry.Position])]),
                [.. parts.Skip(first).Take(count).Select(part => new RowKey(RowKind.Instrument, set.Accounts[account], set.Instruments[instruments[part[0]]].Name))],
                run.Instruments);
            RemainderRows rests = new(new int[count], [.. Enumerable.Range(0, count + 1)], [.. Enumerable.Range(1, count)]);
            EngineResult result = Valuation.Compute(
                run with { Scenarios = scenarios, Positions = whole.With(singles, rests), TailLength = length, FingerprintRows = 0 }, backend, null, cancellation);
            TailMeasures measures = TailMeasures.Of(run.Source, scenarios, (long)(2 * count + 1) * length);
            all = Shortfall(0);
            for (int i = 0; i < count; i++)
            {
                alone[first + i] = Shortfall(1 + i);
                without[first + i] = Shortfall(1 + count + i);
            }

            double Shortfall(int row) => measures.Of(result.Tails[row], RiskMeasure.ExpectedShortfall, ranks);
        }

        return new PartShortfalls(all, alone, without);
    }
}
