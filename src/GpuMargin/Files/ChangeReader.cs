using System.Text;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Changes;

namespace GpuMargin.Files;

/// <summary>Reads trades from a file, and rows of a change from single texts.</summary>
static class ChangeReader
{
    static readonly string[] s_required = ["account", "instrument", "quantity"];

    static readonly NumberRule s_contracts = new("a finite number of contracts");

    /// <param name="path">A CSV file with the columns of positions.csv.</param>
    /// <exception cref="RefusedInputException">The file is missing or faulty; lists every fault.</exception>
    public static IReadOnlyList<Trade> Trades(string path)
    {
        FaultList faults = new();
        List<Trade> trades = [];
        SourceFile? file = SourceFile.Open(path, path.Replace('\\', '/'), "trades with account, instrument and quantity", faults);
        using CsvTable? csv = file is null ? null : CsvTable.Open(file, faults);
        if (csv is not null && CsvColumns.Find(csv, s_required, [], faults) is { } columns)
        {
            CsvCells cells = new(csv, columns, faults);
            while (csv.Next())
            {
                if (csv.IsSound && cells.Number("quantity", s_contracts) is { } quantity)
                {
                    trades.Add(new Trade(cells.Text("account"), cells.Text("instrument"), quantity) { Place = new ChangePlace(csv.File, csv.Line) });
                }
            }
        }

        faults.ThrowIfAny();
        return trades;
    }

    /// <summary>The cells of one CSV row and a number behind them.</summary>
    /// <param name="names">Of the cells before the number.</param>
    /// <returns><see langword="null"/>: no such row.</returns>
    public static (string[] Names, double Number)? Row(string text, int names)
    {
        string header = string.Join(',', Enumerable.Range(0, names + 1)) + "\n";
        SourceFile file = new("", Encoding.UTF8.GetBytes(header + text), Task.FromResult(new InputFile("", 0, "")));
        using CsvTable csv = CsvTable.Open(file, new FaultList())!;
        if (!csv.Next() || !csv.IsSound || !NumberText.TryRead(csv.Bytes(names), out double number))
        {
            return null;
        }

        string[] cells = [.. Enumerable.Range(0, names).Select(csv.Text)];
        return csv.Next() ? null : (cells, number);
    }
}
