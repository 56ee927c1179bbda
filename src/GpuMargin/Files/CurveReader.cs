using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Curves by name, in order of first appearance; <see cref="Nodes"/> are meaningful when there are no faults.</summary>
sealed class CurveTable
{
    readonly List<ZeroCurve> curves = [];

    public NameTable Names { get; } = new();

    /// <summary>Curves by place in <see cref="Names"/>.</summary>
    public List<List<CurveNode>> Nodes { get; } = [];

    /// <summary>The curve of a place; instruments of one curve share it.</summary>
    public ZeroCurve this[int place]
    {
        get
        {
            while (curves.Count < Nodes.Count)
            {
                curves.Add(new ZeroCurve(Names.Names[curves.Count], Nodes[curves.Count]));
            }

            return curves[place];
        }
    }

    /// <summary>What says that no instrument reads a curve.</summary>
    public IEnumerable<string> Unused(IReadOnlyList<Instrument> instruments)
    {
        HashSet<string> used = [.. instruments.Where(instrument => instrument.Curve is not null).Select(instrument => instrument.Curve!.Name)];
        return Names.Names.Where(name => !used.Contains(name)).Select(name => $"No instrument has the curve '{VisibleText.Name(name)}' of {CurveReader.FileName}.");
    }
}

/// <summary>curves.csv: a row per curve and node, days ascending.</summary>
static class CurveReader
{
    public const string FileName = "curves.csv";

    static readonly string[] s_required = ["curve", "days", "rate"];

    static readonly string[] s_optional = ["factor"];

    /// <param name="factors"><see langword="null"/> when the factors' names are not known: references are not checked.</param>
    /// <returns>Without curves when there is no such file; <see langword="null"/> when the curves' names are not known.</returns>
    public static CurveTable? Read(ClearingSetFolder files, FactorTable? factors, FaultList faults)
    {
        if (!files.Has(FileName))
        {
            return new CurveTable();
        }

        using CsvTable? csv = files.Open(FileName, "curves of zero rates") is { } file ? CsvTable.Open(file, faults) : null;
        if (csv is null || CsvColumns.Find(csv, s_required, s_optional, faults) is not { } columns)
        {
            return null;
        }

        CurveTable table = new();
        CsvCells cells = new(csv, columns, faults);
        while (csv.Next())
        {
            if (!csv.IsSound)
            {
                table.Names.LoseName();
                continue;
            }

            string name = cells.Text("curve");
            if (NameRule.Breach(name) is { } breach)
            {
                cells.Refuse("curve", name.Length == 0 ? null : name, breach);
            }

            if (table.Names.Add(cells.Bytes("curve"), out int place))
            {
                table.Nodes.Add([]);
            }

            List<CurveNode> nodes = table.Nodes[place];
            double days = Days(cells, nodes);
            double? rate = cells.Number("rate", NumberRule.Finite);
            nodes.Add(new CurveNode(days, rate ?? default, Factor(cells, factors)));
        }

        if (csv.Rows == 0)
        {
            faults.Add(csv.File, csv.HeaderLine, null, null, "at least one node below the header");
        }

        return table;
    }

    // A faulty node has the days of the one before, so that the next is held against that.
    static double Days(CsvCells cells, List<CurveNode> nodes)
    {
        double before = nodes.Count == 0 ? 0 : nodes[^1].Days;
        if (cells.Number("days", NumberRule.Positive) is not { } days)
        {
            return before;
        }

        if (days <= before)
        {
            cells.Refuse("days", cells.Text("days"), string.Create(CultureInfo.InvariantCulture, $"more days than the row of the same curve above, {before}"));
            return before;
        }

        return days;
    }

    static int Factor(CsvCells cells, FactorTable? factors)
    {
        if (factors is null || cells.IsEmpty("factor"))
        {
            return -1;
        }

        string name = cells.Text("factor");
        int index = factors.Resolve(cells.Bytes("factor"), name, RiskFactorKind.Rate, cells.Faults, out string? expected);
        if (expected is not null)
        {
            cells.Refuse("factor", name, expected);
        }

        return index;
    }
}
