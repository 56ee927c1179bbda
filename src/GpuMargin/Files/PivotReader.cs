using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.Files;

/// <summary>pivots.csv: the factors that move surfaces, and the points at which they do.</summary>
static class PivotReader
{
    public const string FileName = "pivots.csv";

    public const string Purpose = "pivots of the surfaces";

    static readonly string[] s_required = ["surface", "factor", "days"];

    // By coordinate.
    internal static readonly string[] Coordinates = ["delta", "moneyness"];

    static readonly NumberRule[] s_rules = [SurfaceRule.Delta, NumberRule.Finite];

    /// <param name="factors"><see langword="null"/> when the factors' names are not known: references are not checked.</param>
    public static void Read(ClearingSetFolder files, FactorTable? factors, SurfaceTable surfaces, FaultList faults)
    {
        if (!files.Has(FileName))
        {
            return;
        }

        using CsvTable? csv = files.Open(FileName, Purpose) is { } file ? CsvTable.Open(file, faults) : null;
        if (csv is null || CsvColumns.Find(csv, s_required, Coordinates, faults) is not { } columns)
        {
            return;
        }

        CsvCells cells = new(csv, columns, faults);
        while (csv.Next())
        {
            if (csv.IsSound && surfaces.Find(cells, "surface") is { } draft)
            {
                Take(cells, draft, factors);
            }
        }

        foreach (SurfaceDraft draft in surfaces.Drafts)
        {
            CheckAlone(draft, faults);
        }
    }

    static void Take(CsvCells cells, SurfaceDraft draft, FactorTable? factors)
    {
        int factor = Factor(cells, factors);
        double? days = cells.Number("days", NumberRule.Positive);
        double? coordinate = Coordinate(cells, draft);
        if (days is not { } to || coordinate is not { } place)
        {
            return;
        }

        if (draft.TermPower is not null && draft.Pivots.Count > 0 && draft.Pivots[0].Pivot.Days is var reference && to != reference)
        {
            cells.Refuse("days", cells.Text("days"), Text($"{reference}, the days of the surface's pivot in line {draft.Pivots[0].Line}, because '{draft.Name}' has a term_power"));
        }
        else if (draft.Pivots.Find(row => row.Pivot.Days == to && row.Pivot.Coordinate.Equals(place)) is { Line: > 0 } same)
        {
            cells.Refuse("days", cells.Text("days"), Text($"another point of the surface than that of line {same.Line}"));
        }
        else if (!MeasuredPoint.Agrees(cells.Text("factor"), to, place))
        {
            cells.Refuse("factor", cells.Text("factor"), Text($"a factor that is measured at the pivot's point, {to} days{(double.IsNaN(place) ? "" : Text($" at {place}"))}, or one without a point in its name"));
        }
        else
        {
            draft.Pivots.Add(new PivotRow(new SurfacePivot(factor, to, place), cells.Line));
        }
    }

    static double? Coordinate(CsvCells cells, SurfaceDraft draft)
    {
        int kind = (int)draft.Coordinate;
        cells.MustBeEmpty($"the coordinate of '{draft.Name}' is '{Coordinates[kind]}'", Coordinates[1 - kind]);
        string column = Coordinates[kind];
        return cells.IsEmpty(column) ? double.NaN
            : cells.Number(column, s_rules[kind]) is not { } value ? null
            : kind == (int)SurfaceCoordinate.Delta ? SurfaceRule.OfCall(value) : value;
    }

    static void CheckAlone(SurfaceDraft draft, FaultList faults)
    {
        foreach (PivotRow row in draft.Pivots.Where(row => double.IsNaN(row.Pivot.Coordinate)))
        {
            if (draft.Pivots.Count(other => other.Pivot.Days == row.Pivot.Days) > 1)
            {
                string column = Coordinates[(int)draft.Coordinate];
                faults.Add(FileName, row.Line, column, null, Text($"{s_rules[(int)draft.Coordinate].Phrase}, because '{draft.Name}' has other pivots of {row.Pivot.Days} days"));
            }
        }
    }

    static int Factor(CsvCells cells, FactorTable? factors)
    {
        if (cells.IsEmpty("factor"))
        {
            cells.RefuseMissing("factor", "a volatility factor of factors.csv", null);
            return -1;
        }

        if (factors is null)
        {
            return -1;
        }

        string name = cells.Text("factor");
        int index = factors.Resolve(cells.Bytes("factor"), name, RiskFactorKind.Volatility, cells.Faults, out string? expected);
        if (expected is not null)
        {
            cells.Refuse("factor", name, expected);
        }

        return index;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
