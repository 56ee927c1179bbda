using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>surfaces.csv, and of each surface the rows of smiles.csv and pivots.csv.</summary>
static class SurfaceReader
{
    public const string FileName = "surfaces.csv";

    static readonly string[] s_required = ["surface"];

    static readonly string[] s_optional = ["stickiness", "term_power", "coordinate"];

    /// <param name="factors"><see langword="null"/> when the factors' names are not known: references are not checked.</param>
    /// <returns>Without surfaces when there are no such files; <see langword="null"/> when the surfaces' names are not known.</returns>
    public static SurfaceTable? Read(ClearingSetFolder files, RunDraft run, FactorTable? factors, FaultList faults)
    {
        if (!files.Has(FileName) && !files.Has(SmileReader.FileName) && !files.Has(PivotReader.FileName))
        {
            return new SurfaceTable();
        }

        SurfaceTable? table = Read(files, faults);
        if (table is null)
        {
            files.OpenIfThere(SmileReader.FileName, SmileReader.Purpose);
            files.OpenIfThere(PivotReader.FileName, PivotReader.Purpose);
            return null;
        }

        SmileReader.Read(files, run, table, faults);
        PivotReader.Read(files, factors, table, faults);
        CheckStickiness(table, faults);
        return table;
    }

    static SurfaceTable? Read(ClearingSetFolder files, FaultList faults)
    {
        using CsvTable? csv = files.Open(FileName, "volatility surfaces") is { } file ? CsvTable.Open(file, faults) : null;
        if (csv is null || CsvColumns.Find(csv, s_required, s_optional, faults) is not { } columns)
        {
            return null;
        }

        SurfaceTable table = new();
        CsvCells cells = new(csv, columns, faults);
        while (csv.Next())
        {
            if (!cells.Register("surface", table.Names, out int place))
            {
                while (table.Drafts.Count < table.Names.Names.Count)
                {
                    table.Drafts.Add(new SurfaceDraft(table.Names.Names[table.Drafts.Count], cells.Line));
                }

                continue;
            }

            SurfaceDraft draft = new(table.Names.Names[place], cells.Line)
            {
                Stickiness = cells.NumberOr(0, "stickiness", NumberRule.Share) ?? 0,
                TermPower = cells.IsEmpty("term_power") ? null : cells.Number("term_power", NumberRule.NotNegative),
                Coordinate = cells.IsEmpty("coordinate") ? default : cells.Word("coordinate", Words.SurfaceCoordinates) ?? default,
            };
            if (place < table.Drafts.Count)
            {
                table.Drafts[place] = draft;
            }
            else
            {
                table.Drafts.Add(draft);
            }
        }

        if (csv.Rows == 0)
        {
            faults.Add(csv.File, csv.HeaderLine, null, null, "at least one surface below the header");
        }

        return table;
    }

    static void CheckStickiness(SurfaceTable table, FaultList faults)
    {
        foreach (SurfaceDraft draft in table.Drafts.Where(draft => draft.Stickiness > 0 && !draft.HasSmiles && !draft.HasFaultySmile))
        {
            faults.Add(FileName, draft.Line, "stickiness", FormattableString.Invariant($"{draft.Stickiness}"), $"0, or a smile of '{draft.Name}' in {SmileReader.FileName}, along which a move of the forward moves volatilities");
        }
    }
}
