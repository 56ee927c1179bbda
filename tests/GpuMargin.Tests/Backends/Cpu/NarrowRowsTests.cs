using GpuMargin.Aggregation;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Backends.Cpu;

public sealed class NarrowRowsTests
{
    static readonly ValuationRun s_plan = MarginCalculator.Plan(new VariedSet { Factors = 10, Instruments = 400 }.Build(Precision.Mixed));

    [Fact]
    public void Neighbours_share_a_band_until_it_holds_64_instruments()
    {
        NarrowRows bands = NarrowRows.Of(Run(200, row => [2 * row, 2 * row + 1]))!;
        Assert.Equal([0, 32, 64, 96, 128, 160, 192, 200], Enumerable.Range(0, bands.Count + 1).Select(bands.FirstRow));
        for (int band = 0; band < bands.Count; band++)
        {
            Assert.Equal(Enumerable.Range(64 * band, bands.Places(band).Length), bands.Places(band).ToArray());
        }
    }

    [Fact]
    public void A_band_has_256_rows_at_most()
    {
        NarrowRows bands = NarrowRows.Of(Run(600, row => [row % 7]))!;
        Assert.Equal([0, 256, 512, 600], Enumerable.Range(0, bands.Count + 1).Select(bands.FirstRow));
    }

    [Fact]
    public void Rows_keep_their_instruments_under_other_numbers()
    {
        ValuationRun run = Run(300, row => [.. Enumerable.Range(row, row % 5)]);
        NarrowRows bands = NarrowRows.Of(run)!;
        for (int band = 0; band < bands.Count; band++)
        {
            for (int k = run.Positions.Start[bands.FirstRow(band)]; k < run.Positions.Start[bands.FirstRow(band + 1)]; k++)
            {
                Assert.Equal(run.Positions.Instrument[k], bands.Places(band)[bands.Positions.Instrument[k] - band * NarrowRows.Instruments]);
            }
        }
    }

    [Fact]
    public void Other_rows_go_through_all_instruments()
    {
        Assert.Null(NarrowRows.Of(Run(3, _ => [.. Enumerable.Range(0, 65)])));
        Assert.NotNull(NarrowRows.Of(Run(3, _ => [.. Enumerable.Range(0, 64)])));
        Assert.Null(NarrowRows.Of(Run(400, row => [.. Enumerable.Range(row % 2 * 100, 40)])));
        Assert.Null(NarrowRows.Of(Run(10, row => [row]) with { FingerprintRows = 10 }));
        ValuationRun one = Run(2, row => [row]);
        Assert.Null(NarrowRows.Of(one with { Positions = one.Positions with { Remainders = new RemainderRows([0], [0, 1], [1]) } }));
    }

    // Rows of the instruments in these places.
    static ValuationRun Run(int rows, Func<int, int[]> places)
    {
        int[] at = new int[s_plan.Instruments.Count];
        for (int i = 0; i < at.Length; i++)
        {
            at[s_plan.Instruments.PlaceOf[i]] = i;
        }

        (int Row, int Place)[] held = [.. Enumerable.Range(0, rows).SelectMany(row => places(row).Select(place => (row, place)))];
        PositionTable table = new([.. held.Select(position => position.Row)], [.. held.Select(position => at[position.Place])], [.. held.Select(_ => 1.0)]);
        return s_plan with
        {
            Positions = PositionRows.From(table, [.. Enumerable.Range(0, rows).Select(row => RowKey.Account($"{row}"))], s_plan.Instruments),
            FingerprintRows = 0,
        };
    }
}
