using CsvHelper;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>roll-summary.csv: a row per account and requirement; the rows without an account are all accounts together.</summary>
/// <remarks>
/// The columns from <c>var_exceedances</c> on test the model and stand in the row of the plain margin only. With a policy there is a row of the requirement
/// per netting set, at its first account, and rows of its components behind those of all accounts together.
/// </remarks>
static class RollSummaryCsv
{
    public const string FileName = "roll-summary.csv";

    public static IReadOnlyList<string> Columns { get; } =
    [
        "account", "requirement", "first", "last", "mean", "lowest", "highest", "mean_change", "peak_to_trough",
        .. Procyclicality.Horizons.SelectMany(days => (string[])[FormattableString.Invariant($"increase_{days}"), FormattableString.Invariant($"increase_{days}_relative")]),
        "periods", "exceedances", "var_exceedances", "independent_periods", "independent_var_exceedances", "kupiec", "p_value",
    ];

    public static byte[] ToBytes(RollReport report, bool spreadsheetSafe = false)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            csv.WriteHeader([.. Columns]);
            foreach (RollPath path in report.Accounts.Append(report.Total))
            {
                foreach (RollOption option in path.Options)
                {
                    Write(csv, report, path, option, spreadsheetSafe);
                }
            }

            foreach ((string name, double[] amounts) in ComponentPaths.Of(report.Total))
            {
                Write(csv, name, amounts);
            }
        }

        return bytes.ToArray();
    }

    static void Write(CsvWriter csv, RollReport report, RollPath path, RollOption option, bool spreadsheetSafe)
    {
        bool isTotal = ReferenceEquals(path, report.Total);
        WriteMovement(csv, CsvDialect.Name(path.Account, spreadsheetSafe), RollOptionWord.Of(option), path.Requirement(option));

        // Value at risk does not add up: a sum of accounts' own has no frequency to test.
        ProportionOfFailures? test = option == RollOption.None && !isTotal ? path.Test((double)(1 - report.Settings.Confidence)) : null;
        RollCsv.Write(csv, isTotal ? report.Periods(option) : path.Periods);
        RollCsv.Write(csv, isTotal ? report.Exceedances(option) : path.Exceedances(option));
        RollCsv.Write(csv, test is null ? double.NaN : path.ValueAtRiskExceedances);
        RollCsv.Write(csv, test?.Periods ?? double.NaN);
        RollCsv.Write(csv, test?.Exceedances ?? double.NaN);
        RollCsv.Write(csv, test?.Statistic ?? double.NaN);
        RollCsv.Write(csv, test?.PValue ?? double.NaN);
        csv.EndRecord();
    }

    static void Write(CsvWriter csv, string component, double[] amounts)
    {
        const int Tests = 7;
        WriteMovement(csv, "", component, amounts);
        for (int cell = 0; cell < Tests; cell++)
        {
            csv.WriteField("");
        }

        csv.EndRecord();
    }

    static void WriteMovement(CsvWriter csv, string account, string requirement, double[] amounts)
    {
        Procyclicality measures = Procyclicality.Of(amounts);
        csv.WriteField(account);
        csv.WriteField(requirement);
        foreach (double value in (double[])[measures.First, measures.Last, measures.Mean, measures.Lowest, measures.Highest, measures.MeanChange, measures.PeakToTrough])
        {
            RollCsv.Write(csv, value);
        }

        foreach (Increase increase in measures.Increases)
        {
            RollCsv.Write(csv, increase.Amount);
            RollCsv.Write(csv, increase.Relative);
        }
    }
}
