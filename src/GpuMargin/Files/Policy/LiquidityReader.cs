using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>liquidity.csv: one row per instrument, or per underlying for every instrument on it without a row of its own.</summary>
static class LiquidityReader
{
    static readonly string[] s_required = ["half_spread", "average_daily_volume"];

    static readonly string[] s_optional = ["instrument", "underlying", "impact"];

    /// <param name="factors"><see langword="null"/> when their names are not known, as <paramref name="instruments"/>: references are not checked.</param>
    /// <param name="complete">The policy charges liquidity: every instrument needs a row.</param>
    public static LiquidityTable Read(SourceFile file, FactorTable? factors, InstrumentTable? instruments, bool complete, FaultList faults)
    {
        int faultsBefore = faults.Count;
        using CsvTable? csv = CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, s_required, s_optional, faults) is not { } columns || factors is null || instruments is null)
        {
            return LiquidityTable.Empty;
        }

        CsvCells cells = new(csv, columns, faults);
        List<LiquidityTerms> rows = [];
        Dictionary<int, int> rowOfInstrument = [];
        Dictionary<int, int> rowOfUnderlying = [];
        while (csv.Next())
        {
            if (!csv.IsSound)
            {
                continue;
            }

            (int instrument, int underlying) = Reference(cells, factors, instruments);
            if ((instrument >= 0 && !rowOfInstrument.TryAdd(instrument, rows.Count)) || (underlying >= 0 && !rowOfUnderlying.TryAdd(underlying, rows.Count)))
            {
                string column = instrument >= 0 ? "instrument" : "underlying";
                cells.Refuse(column, cells.Text(column), "a name that no row above has");
            }

            rows.Add(new LiquidityTerms
            {
                Instrument = instrument,
                Underlying = underlying,
                HalfSpread = cells.Number("half_spread", NumberRule.ShareBelowOne) ?? default,
                AverageDailyVolume = cells.Number("average_daily_volume", NumberRule.Positive) ?? default,
                Impact = cells.NumberOr(0, "impact", NumberRule.NotNegative) ?? default,
            });
        }

        int[] rowOf = new int[instruments.Instruments.Count];
        for (int i = 0; i < rowOf.Length; i++)
        {
            rowOf[i] = rowOfInstrument.TryGetValue(i, out int own) ? own : rowOfUnderlying.GetValueOrDefault(instruments.Instruments[i].Underlying, -1);
        }

        if (complete && faults.Count == faultsBefore && instruments.Names.IsComplete && factors.Names.IsComplete)
        {
            RefuseUncovered(csv.File, factors, instruments, rowOf, faults);
        }

        return new LiquidityTable(rows, rowOf);
    }

    static (int Instrument, int Underlying) Reference(CsvCells cells, FactorTable factors, InstrumentTable instruments)
    {
        string instrumentName = cells.Text("instrument"), underlyingName = cells.Text("underlying");
        if ((instrumentName.Length == 0) == (underlyingName.Length == 0))
        {
            cells.Refuse("instrument", instrumentName.Length == 0 ? null : instrumentName, "an instrument or an underlying, one of the two in each row");
            return (-1, -1);
        }

        if (underlyingName.Length > 0)
        {
            int underlying = factors.Resolve(cells.Bytes("underlying"), underlyingName, RiskFactorKind.Price, cells.Faults, out string? expected, additive: true);
            if (expected is not null)
            {
                cells.Refuse("underlying", underlyingName, expected);
            }

            return (-1, underlying);
        }

        int instrument = instruments.Names.IndexOf(cells.Bytes("instrument"));
        if (instrument < 0 && instruments.Names.IsComplete)
        {
            cells.Refuse("instrument", instrumentName, $"an instrument of instruments.csv{instruments.Names.DidYouMean(instrumentName, cells.Faults)}");
        }

        return (instrument, -1);
    }

    static void RefuseUncovered(string file, FactorTable factors, InstrumentTable instruments, int[] rowOf, FaultList faults)
    {
        foreach (Instrument first in instruments.Instruments.Where((_, index) => rowOf[index] < 0).Where(instrument => instrument.Underlying >= 0).DistinctBy(instrument => instrument.Underlying))
        {
            string underlying = factors.Names.Names[first.Underlying];
            faults.Add(file, null, "underlying", null, $"a row for underlying '{underlying}' or for instrument '{first.Name}' on it, because policy.json has a section 'liquidity'");
        }
    }
}
