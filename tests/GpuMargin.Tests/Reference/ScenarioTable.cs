using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Reference;

/// <summary>What the commands <c>scenarios</c> and <c>pnl</c> write: one row per scenario, one column per factor or account.</summary>
/// <param name="Values">[scenario, column].</param>
public sealed record ScenarioTable(IReadOnlyList<string> Columns, double[,] Values)
{
    /// <summary>Reads <c>scenario,&lt;name&gt;…</c> with scenarios from 0 without gaps; names without commas or quotes.</summary>
    public static ScenarioTable Read(TextReader reader)
    {
        string[] header = (reader.ReadLine() ?? "").Split(',');
        if (header[0] != "scenario")
        {
            throw new FormatException($"The first column is '{header[0]}', not 'scenario'.");
        }

        List<double[]> rows = [];
        while (reader.ReadLine() is { } line)
        {
            double[] cells = [.. line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            if (cells.Length != header.Length || cells[0] != rows.Count)
            {
                throw new FormatException($"Row {rows.Count} has {cells.Length} cells and scenario {cells[0]}.");
            }

            rows.Add(cells[1..]);
        }
        double[,] values = new double[rows.Count, header.Length - 1];
        for (int s = 0; s < rows.Count; s++)
        {
            for (int c = 0; c < header.Length - 1; c++)
            {
                values[s, c] = rows[s][c];
            }
        }

        return new(header[1..], values);
    }

    public static ScenarioTable ReadFile(string path)
    {
        using StreamReader reader = File.OpenText(path);
        return Read(reader);
    }

    public double[] Column(string name) => Values.Column(Columns.ToList().IndexOf(name));

    /// <summary>The shocks in the factor order of a set: [scenario, factor], ready for <see cref="ReferencePortfolio.ProfitAndLoss(ClearingSet, double[,])"/>.</summary>
    public double[,] ShocksOf(ClearingSet set)
    {
        int[] column = [.. set.Factors.Select(f => Columns.ToList().IndexOf(f.Name))];
        double[,] shocks = new double[Values.GetLength(0), column.Length];
        for (int s = 0; s < shocks.GetLength(0); s++)
        {
            for (int f = 0; f < column.Length; f++)
            {
                shocks[s, f] = Values[s, column[f]];
            }
        }

        return shocks;
    }
}
