using System.Globalization;
using CsvHelper;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>convergence.csv: a row per method, number of scenarios and account, and one for each statistic over the accounts, which has no account and no amounts.</summary>
static class ConvergenceCsv
{
    public const string FileName = "convergence.csv";

    /// <summary>Statistic of an account's own row.</summary>
    public const string Account = "account";

    public static IReadOnlyList<string> Columns { get; } =
    [
        "method", "scenarios", "seconds", "statistic", "account", "es", "standard_error", "half_width", "widest_half_width", "relative_standard_error", "relative_half_width", "trusted_share",
    ];

    /// <param name="accounts">Names of the accounts studied.</param>
    /// <returns>The bytes of the file; relative errors are empty where expected shortfall is no loss.</returns>
    public static byte[] ToBytes(IReadOnlyList<ConvergenceMethod> methods, IReadOnlyList<string> accounts)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            csv.WriteHeader([.. Columns]);
            foreach (ConvergenceMethod method in methods)
            {
                foreach (ConvergencePoint point in method.Points)
                {
                    Write(csv, method.Name, point, accounts);
                }
            }
        }

        return bytes.ToArray();
    }

    static void Write(CsvWriter csv, string method, ConvergencePoint point, IReadOnlyList<string> accounts)
    {
        for (int i = 0; i < accounts.Count; i++)
        {
            ConvergenceError error = point.Accounts[i];
            Start(Account, accounts[i]);
            csv.WriteField(error.ExpectedShortfall, CsvDialect.RoundTrip);
            csv.WriteField(error.StandardError, CsvDialect.RoundTrip);
            csv.WriteField(error.HalfWidth, CsvDialect.RoundTrip);
            csv.WriteField(error.WidestHalfWidth, CsvDialect.RoundTrip);
            End(error.IsRelative ? (error.RelativeStandardError, error.RelativeHalfWidth) : null, error.TrustedShare);
        }

        foreach (ConvergenceStatistic statistic in ConvergenceStatistic.Of(point))
        {
            Start(statistic.Statistic, "");
            for (int column = 0; column < 4; column++)
            {
                csv.WriteField("");
            }

            End((statistic.StandardError, statistic.HalfWidth), null);
        }

        void Start(string statistic, string account)
        {
            csv.WriteField(method);
            csv.WriteField(point.Scenarios);
            csv.WriteField(point.Seconds, CsvDialect.RoundTrip);
            csv.WriteField(statistic);
            csv.WriteField(account);
        }

        void End((double StandardError, double HalfWidth)? relative, double? trusted)
        {
            if (relative is { } values)
            {
                csv.WriteField(values.StandardError, CsvDialect.RoundTrip);
                csv.WriteField(values.HalfWidth, CsvDialect.RoundTrip);
            }
            else
            {
                csv.WriteField("");
                csv.WriteField("");
            }

            csv.WriteField(trusted is { } share ? share.ToString(CsvDialect.RoundTrip, CultureInfo.InvariantCulture) : "");
            csv.EndRecord();
        }
    }
}
