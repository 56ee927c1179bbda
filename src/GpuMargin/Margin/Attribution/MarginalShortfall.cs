using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin.Attribution;

/// <summary>What expected shortfall of an account would rise by with one more contract of a position, in the position's direction.</summary>
static class MarginalShortfall
{
    const int BatchPositions = 1 << 20;

    /// <param name="run">Of the set's accounts.</param>
    /// <returns>Per position, as <see cref="IncrementalShortfall.Of(ClearingSet, int, IBackend, CancellationToken)"/>; run currency.</returns>
    /// <exception cref="RefusedInputException">As <see cref="MarginCalculator.Calculate"/>.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static double[] Of(ClearingSet set, ValuationRun run, int account, int scenarios, IBackend backend, CancellationToken cancellation)
    {
        (int[] instruments, double[] quantities) = new PlacedInstruments(run.Instruments, set.Instruments.Count).Positions(run.Positions.Select([account]), 0);
        QuantileRanks ranks = QuantileRanks.For(scenarios, set.Settings.Confidence);
        int held = instruments.Length, length = TailMeasures.Length(run.Source.Weights(), ranks);
        double[] marginal = new double[held];
        int batch = Math.Max(1, BatchPositions / Math.Max(1, held));
        for (int first = 0; first < held; first += batch)
        {
            // Row 0 is the account, row r has one more of position first + r − 1.
            int rows = Math.Min(batch, held - first) + 1;
            PositionRows more = PositionRows.From(
                new PositionTable(
                    [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Repeat(row, held))],
                    [.. Enumerable.Range(0, rows).SelectMany(_ => instruments)],
                    [.. Enumerable.Range(0, rows).SelectMany(row => quantities.Select((quantity, i) => row > 0 && i == first + row - 1 ? quantity + Math.Sign(quantity) : quantity))]),
                [.. Enumerable.Range(0, rows).Select(row => new RowKey(RowKind.Instrument, set.Accounts[account], set.Instruments[instruments[Math.Max(0, first + row - 1)]].Name))],
                run.Instruments);
            EngineResult result = Valuation.Compute(run with { Scenarios = scenarios, Positions = more, TailLength = length, FingerprintRows = 0 }, backend, null, cancellation);
            TailMeasures measures = TailMeasures.Of(run.Source, scenarios, (long)rows * length);
            for (int row = 1; row < rows; row++)
            {
                marginal[first + row - 1] = Shortfall(row) - Shortfall(0);
            }

            double Shortfall(int row) => measures.Of(result.Tails[row], RiskMeasure.ExpectedShortfall, ranks);
        }

        return marginal;
    }
}
