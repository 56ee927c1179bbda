using System.Globalization;
using System.Text;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration.History;

/// <summary>A history of two factors, A and B, over weekdays from 2001-01-01, in a file of its own.</summary>
sealed class HistoryFile : IDisposable
{
    public const string Name = "history.csv";

    public const int Days = 40;

    readonly string folder = Directory.CreateTempSubdirectory("gpumargin-history-").FullName;
    readonly string[] lines = ["date,A,B", .. Enumerable.Range(0, Days).Select(Row)];

    public string FullName => Path.Combine(folder, Name);

    /// <summary>The price of factor 0 or 1 on a day.</summary>
    public static double Price(int factor, int day) => 100 + 10 * factor + (day * (7 + factor) % 5);

    /// <param name="line">1-based; the header is line 1, day d stands on line d + 2.</param>
    public HistoryFile With(int line, string text)
    {
        lines[line - 1] = text;
        return this;
    }

    public HistoryFile WithCell(int line, int column, string text)
    {
        string[] cells = lines[line - 1].Split(',');
        cells[column] = text;
        return With(line, string.Join(',', cells));
    }

    public ReturnHistory Read(HistoryOptions? options = null) => ReadText(string.Join('\n', lines) + "\n", options);

    public ReturnHistory ReadText(string text, HistoryOptions? options = null)
    {
        File.WriteAllText(FullName, text, new UTF8Encoding(false));
        return HistoryReader.Read(FullName, options);
    }

    public string[] Faults(HistoryOptions? options = null) => Shown(() => Read(options));

    public string[] FaultsOf(string text, HistoryOptions? options = null) => Shown(() => ReadText(text, options));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string[] Shown(Func<ReturnHistory> read) =>
        [.. Assert.Throws<RefusedInputException>(read).Faults.Select(fault => fault.ToString())];

    static string Row(int day)
    {
        DateOnly date = new DateOnly(2001, 1, 1).AddDays(day / 5 * 7 + day % 5);
        return string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd},{Price(0, day)},{Price(1, day)}");
    }
}
