using System.Globalization;
using CsvHelper;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>roll-requirements.csv: a row per day and netting set, at its first account; run currency. Written when there is a policy.</summary>
/// <remarks>
/// <c>pnl</c> is that of the netting set's positions over the margin period that ends on the day, gain &gt; 0; <c>exceedance</c> is 1 where the loss is greater
/// than the requirement was when the period began. The columns behind them are those of margins.csv.
/// </remarks>
static class RollRequirementsCsv
{
    public const string FileName = "roll-requirements.csv";

    /// <summary>Columns before the requirement's.</summary>
    internal static IReadOnlyList<string> OwnColumns { get; } = ["day", "account", "pnl", "exceedance"];

    /// <summary>The bytes of the file; decimals are exact.</summary>
    public static byte[] ToBytes(RollReport report, bool spreadsheetSafe = false)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            IReadOnlyList<string> columns = MarginsCsv.ColumnsOf(report.Accounts.Select(path => path.Policy is { Days: [var first, ..] } ? first : null));
            csv.WriteHeader([.. OwnColumns, .. columns]);
            for (int day = 0; day < report.Days.Count; day++)
            {
                foreach (RollPath path in report.Accounts.Where(path => path.Policy is not null))
                {
                    Write(csv, report.Days[day], path, day, columns.Count, spreadsheetSafe);
                }
            }
        }

        return bytes.ToArray();
    }

    static void Write(CsvWriter csv, DateTimeOffset time, RollPath path, int day, int columns, bool spreadsheetSafe)
    {
        csv.WriteField(time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        csv.WriteField(CsvDialect.Name(path.Account, spreadsheetSafe));
        RollCsv.Write(csv, path.Policy!.ProfitAndLoss[day]);
        csv.WriteField(RollCsv.Exceedance(path, RollOption.Policy, day));
        MarginsCsv.Write(csv, path.Policy.Days[day], columns, spreadsheetSafe);
        csv.EndRecord();
    }
}
