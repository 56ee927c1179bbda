using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Validation;
using GpuMargin.Volatility;

namespace GpuMargin.Files;

/// <summary>smiles.csv: a row per surface and expiry, ascending, or a row per quote.</summary>
static class SmileReader
{
    public const string FileName = "smiles.csv";

    public const string Purpose = "smiles of the surfaces";

    const string Volatility = "volatility";

    static readonly string[] s_required = ["surface", "expiry"];

    internal static readonly string[] Parameters = ["a", "b", "rho", "m", "sigma"];

    static readonly string[] s_optional = ["strike", "delta", Volatility];

    public static void Read(ClearingSetFolder files, RunDraft run, SurfaceTable surfaces, FaultList faults)
    {
        if (!files.Has(FileName))
        {
            return;
        }

        using CsvTable? csv = files.Open(FileName, Purpose) is { } file ? CsvTable.Open(file, faults) : null;
        bool quoted = csv?.Headers.Contains(Volatility) == true;
        if (csv is null || CsvColumns.Find(csv, quoted ? s_required : [.. s_required, .. Parameters], quoted ? s_optional : [], faults) is not { } columns)
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
            SviSlice slice = quoted ? default : Slice(cells);
            SmileQuoteRow quote = quoted ? Quote(cells, years) : default;
            if (draft is not null && draft.Smiles.Count > 0 && years > 0 && years <= draft.Smiles[^1].Years)
            {
                cells.Refuse("expiry", cells.Text("expiry"), $"a later expiry than the row of the same surface above, line {draft.SmileLines[^1]}");
            }

            if (draft is null || faults.Count > faultsBefore)
            {
                surfaces.Drafts.ForEach(other => other.HasFaultySmile |= draft is null || other == draft);
                continue;
            }

            if (quoted)
            {
                draft.Quotes.Add(quote);
                continue;
            }

            draft.Smiles.Add(new Smile(years, slice));
            draft.SmileLines.Add(cells.Line);
        }
    }

    static SmileQuoteRow Quote(CsvCells cells, double years)
    {
        double volatility = cells.Number(Volatility, NumberRule.Positive) ?? 0;
        if (cells.IsEmpty("delta"))
        {
            return new SmileQuoteRow(years, cells.Number("strike", NumberRule.Positive, "there is no delta") ?? double.NaN, double.NaN, volatility, cells.Line);
        }

        cells.MustBeEmpty("there is a delta", "strike");
        double delta = cells.Number("delta", SurfaceRule.Delta) ?? 0;
        return new SmileQuoteRow(years, double.NaN, SurfaceRule.OfCall(delta), volatility, cells.Line);
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
