using GpuMargin.ClearingSets;
using GpuMargin.Volatility;

namespace GpuMargin.Files;

/// <summary>smiles.csv: a row per surface and expiry, ascending.</summary>
static class SmileReader
{
    public const string FileName = "smiles.csv";

    public const string Purpose = "smiles of the surfaces";

    static readonly string[] s_required = ["surface", "expiry", "a", "b", "rho", "m", "sigma"];

    public static void Read(ClearingSetFolder files, RunDraft run, SurfaceTable surfaces, FaultList faults)
    {
        if (!files.Has(FileName))
        {
            return;
        }

        using CsvTable? csv = files.Open(FileName, Purpose) is { } file ? CsvTable.Open(file, faults) : null;
        if (csv is null || CsvColumns.Find(csv, s_required, [], faults) is not { } columns)
        {
            surfaces.Drafts.ForEach(draft => draft.HasFaultySmile = true);
            return;
        }

        CsvCells cells = new(csv, columns, faults);
        ExpiryCell expiries = new(cells, run);
        while (csv.Next())
        {
            if (!csv.IsSound)
            {
                surfaces.Drafts.ForEach(draft => draft.HasFaultySmile = true);
                continue;
            }

            int faultsBefore = faults.Count;
            SurfaceDraft? draft = surfaces.Find(cells, "surface");
            double years = expiries.Years(null, "smile");
            SviSlice slice = Slice(cells);
            if (draft is not null && draft.Smiles.Count > 0 && years > 0 && years <= draft.Smiles[^1].Years)
            {
                cells.Refuse("expiry", cells.Text("expiry"), $"a later expiry than the row of the same surface above, line {draft.SmileLines[^1]}");
            }

            if (draft is null || faults.Count > faultsBefore)
            {
                surfaces.Drafts.ForEach(other => other.HasFaultySmile |= draft is null || other == draft);
                continue;
            }

            draft.Smiles.Add(new Smile(years, slice));
            draft.SmileLines.Add(cells.Line);
        }
    }

    static SviSlice Slice(CsvCells cells)
    {
        double? a = cells.Number("a", NumberRule.Finite), b = cells.Number("b", NumberRule.NotNegative), rho = cells.Number("rho", NumberRule.Skew);
        double? m = cells.Number("m", NumberRule.Finite), sigma = cells.Number("sigma", NumberRule.Positive);
        if (a is null || b is null || rho is null || m is null || sigma is null)
        {
            return default;
        }

        SviSlice slice = new(a.Value, b.Value, rho.Value, m.Value, sigma.Value);
        if (!(slice.LeastVariance > 0))
        {
            cells.Refuse("a", cells.Text("a"), FormattableString.Invariant($"a least variance a + b·sigma·√(1 - rho²) greater than 0, here {slice.LeastVariance:G6}"));
        }

        return slice;
    }
}
