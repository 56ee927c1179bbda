using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Instruments in file order; <see cref="Instruments"/> is meaningful when there are no faults.</summary>
sealed record InstrumentTable(NameTable Names, List<Instrument> Instruments);

static class InstrumentReader
{
    static readonly string[] s_required = ["instrument", "type", "underlying"];

    static readonly string[] s_optional =
        ["currency", "multiplier", .. InstrumentWords.Columns, "rate", "dividend_yield", "rate_factor", "curve", "product_class"];

    /// <param name="factors"><see langword="null"/> when the factors' names are not known: references are not checked.</param>
    /// <param name="curves">The same of curves.</param>
    /// <param name="surfaces">The same of surfaces.</param>
    /// <returns><see langword="null"/> when the instruments' names are not known.</returns>
    public static InstrumentTable? Read(
        SourceFile? file, RunDraft run, FactorTable? factors, CurveTable? curves, SurfaceTable? surfaces, FaultList faults, CancellationToken cancellation)
    {
        using CsvTable? csv = file is null ? null : CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, s_required, s_optional, faults) is not { } columns)
        {
            return null;
        }

        InstrumentTable table = new(new NameTable(), []);
        CsvCells cells = new(csv, columns, faults);
        InstrumentRow row = new(cells, run, factors, curves, surfaces);
        while (csv.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            if (cells.Register("instrument", table.Names, out int index))
            {
                table.Instruments.Add(row.Read(table.Names.Names[index]));
            }
        }

        if (csv.Rows == 0)
        {
            faults.Add(csv.File, csv.HeaderLine, null, null, "at least one instrument below the header");
            return null;
        }

        return table;
    }
}
