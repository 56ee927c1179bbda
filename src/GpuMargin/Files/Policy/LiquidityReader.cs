using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>liquidity.csv: a row per instrument, or per underlying for every instrument on it without a row of its own; with a column <c>date</c> one for each date on which it changed.</summary>
static class LiquidityReader
{
    const string DateColumn = "date";

    static readonly string[] s_required = ["half_spread", "average_daily_volume"];

    static readonly string[] s_optional = ["instrument", "underlying", "impact", DateColumn];

    /// <param name="factors"><see langword="null"/> when their names are not known, as <paramref name="instruments"/>: references are not checked.</param>
    /// <param name="time">The latest rows that are not after it are those that count; <see langword="null"/>: of any date.</param>
    /// <param name="complete">The policy charges liquidity: every instrument needs a row.</param>
    public static LiquidityTable Read(SourceFile file, FactorTable? factors, InstrumentTable? instruments, DateTimeOffset? time, bool complete, FaultList faults)
    {
        int faultsBefore = faults.Count;
        using CsvTable? csv = CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, s_required, s_optional, faults) is not { } columns || factors is null || instruments is null)
        {
            return LiquidityTable.Empty;
        }

        CsvCells cells = new(csv, columns, faults);
        List<LiquidityTerms> rows = [];
        HashSet<(int Instrument, int Underlying, DateTimeOffset From)> known = [];
        while (csv.Next())
        {
            if (!csv.IsSound)
            {
                continue;
            }

            (int instrument, int underlying) = Reference(cells, factors, instruments);
            DateTimeOffset from = From(cells);
            if ((instrument >= 0 || underlying >= 0) && !known.Add((instrument, underlying, from)))
            {
                string column = instrument >= 0 ? "instrument" : "underlying";
                cells.Refuse(column, cells.Text(column), cells.IsEmpty(DateColumn) ? "a name that no row above has" : "a name that no row above of the same date has");
            }

            rows.Add(new LiquidityTerms
            {
                Instrument = instrument,
                Underlying = underlying,
                From = from,
                HalfSpread = cells.Number("half_spread", NumberRule.ShareBelowOne) ?? default,
                AverageDailyVolume = cells.Number("average_daily_volume", NumberRule.Positive) ?? default,
                Impact = cells.NumberOr(0, "impact", NumberRule.NotNegative) ?? default,
            });
        }

        LiquidityTable table = LiquidityTable.Known(rows, time ?? DateTimeOffset.MaxValue, instruments.Instruments);
        if (complete && faults.Count == faultsBefore && instruments.Names.IsComplete && factors.Names.IsComplete)
        {
            RefuseUncovered(csv.File, factors, instruments, table.RowOfInstrument, known.Any(row => row.From > time) ? time : null, faults);
        }

        return table;
    }

    // A row without a date is known from the beginning.
    static DateTimeOffset From(CsvCells cells)
    {
        DateTimeOffset from = DateTimeOffset.MinValue;
        if (!cells.IsEmpty(DateColumn) && !IsoTime.TryReadDateOrDateTime(cells.Text(DateColumn), out from))
        {
            cells.Refuse(DateColumn, cells.Text(DateColumn), IsoTime.DateOrDateTimePhrase);
        }

        return from;
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

    static void RefuseUncovered(string file, FactorTable factors, InstrumentTable instruments, IReadOnlyList<int> rowOf, DateTimeOffset? until, FaultList faults)
    {
        foreach (Instrument first in instruments.Instruments.Where((_, index) => rowOf[index] < 0).Where(instrument => instrument.Underlying >= 0).DistinctBy(instrument => instrument.Underlying))
        {
            string underlying = factors.Names.Names[first.Underlying];
            string dated = until is { } time ? string.Create(CultureInfo.InvariantCulture, $" with a date not after {time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}") : "";
            faults.Add(file, null, "underlying", null, $"a row for underlying '{underlying}' or for instrument '{first.Name}' on it{dated}, because policy.json has a section 'liquidity'");
        }
    }
}
