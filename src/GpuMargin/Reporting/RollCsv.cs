using System.Globalization;
using CsvHelper;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>roll.csv: a row per day and account; money in run currency, loss &gt; 0 except in <c>pnl</c>; a cell is empty where there is no value.</summary>
static class RollCsv
{
    public const string FileName = "roll.csv";

    public static IReadOnlyList<string> Columns { get; } =
    [
        "day", "account", "value", "var", "es", .. RollOptionWord.All.Select(RollOptionWord.Of), "change", "stressed", "long_run",
        "pnl", "exceedance", "volatility", "forecast_volatility", "correlation", "model_correlation",
    ];

    /// <summary>The bytes of the file; doubles read back as the same bits.</summary>
    public static byte[] ToBytes(RollReport report, bool spreadsheetSafe = false)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            csv.WriteHeader([.. Columns]);
            for (int day = 0; day < report.Days.Count; day++)
            {
                foreach (RollPath path in report.Accounts)
                {
                    Write(csv, report.Days[day], path, day, spreadsheetSafe);
                }
            }
        }

        return bytes.ToArray();
    }

    static void Write(CsvWriter csv, DateTimeOffset time, RollPath path, int day, bool spreadsheetSafe)
    {
        csv.WriteField(time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        csv.WriteField(CsvDialect.Name(path.Account, spreadsheetSafe));
        Write(csv, path.Value[day]);
        Write(csv, path.ValueAtRisk[day]);
        Write(csv, path.ExpectedShortfall[day]);
        foreach (RollOption option in RollOptionWord.All)
        {
            Write(csv, path.Requirement(option)[day]);
        }

        Write(csv, day == 0 ? double.NaN : path.Margin[day] - path.Margin[day - 1]);
        Write(csv, path.Stressed[day]);
        Write(csv, path.LongRun[day]);
        Write(csv, path.ProfitAndLoss[day]);
        csv.WriteField(Exceedance(path, RollOption.None, day));
        RealizedMarket market = path.Market[day];
        Write(csv, market.Volatility);
        Write(csv, market.ForecastVolatility);
        Write(csv, market.Correlation);
        Write(csv, market.ModelCorrelation);
        csv.EndRecord();
    }

    internal static string Exceedance(RollPath path, RollOption option, int day) => path.Exceeds(option, day) switch { true => "1", false => "0", null => "" };

    internal static void Write(CsvWriter csv, double value)
    {
        if (double.IsNaN(value))
        {
            csv.WriteField("");
        }
        else
        {
            csv.WriteField(value, CsvDialect.RoundTrip);
        }
    }
}
