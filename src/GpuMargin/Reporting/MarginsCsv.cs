using CsvHelper;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Reporting;

/// <summary>margins.csv: one row per account in order of first appearance; money in run currency, loss &gt; 0.</summary>
/// <remarks>With a policy the requirement's columns follow: filled in the row of a netting set's first account, empty in the rows of its others.</remarks>
static class MarginsCsv
{
    public const string FileName = "margins.csv";

    public static IReadOnlyList<string> Columns { get; } =
        ["account", "positions", "value", "var", "var_low", "var_high", "es", "es_low", "es_high", "margin"];

    /// <summary>Column behind the others when every account has its own number of scenarios.</summary>
    public const string ScenariosColumn = "scenarios";

    /// <summary>Column behind all others: <c>true</c> or <c>false</c>.</summary>
    public const string TrustedColumn = "es_trusted";

    /// <summary>Columns of a requirement whose policy has none of the components that show only when they are on.</summary>
    public static IReadOnlyList<string> RequirementColumns { get; } = ColumnsOf(RequirementLine.Of(component => component.IsAlwaysShown));

    internal static string[] ColumnsOf(IEnumerable<RequirementLine> lines) =>
    [
        "member", "netting_set", .. lines.Select(line => line.Column),
        "requirement", "initial", "maintenance", "collateral", "excess", "call", "netting_would_save",
    ];

    /// <summary>Columns of these requirements, which are of one policy.</summary>
    internal static IReadOnlyList<string> ColumnsOf(IEnumerable<Requirement?> requirements) =>
        requirements.FirstOrDefault(requirement => requirement is not null) is { } first ? ColumnsOf(first.Components.Lines) : RequirementColumns;

    public static byte[] ToBytes(MarginReport report, bool spreadsheetSafe = false) => ToBytes(report.Accounts, report.HasRequirements, spreadsheetSafe);

    /// <summary>The bytes of the file, with names as <see cref="CsvDialect.Name"/> writes them; doubles read back as the same bits, decimals are exact.</summary>
    public static byte[] ToBytes(IReadOnlyList<AccountMargin> accounts, bool requirements = false, bool spreadsheetSafe = false)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            bool own = accounts.Any(row => row.Scenarios is not null);
            IReadOnlyList<string> further = requirements ? ColumnsOf(accounts.Select(row => row.Requirement)) : [];
            csv.WriteHeader([.. Columns, .. own ? [ScenariosColumn] : Array.Empty<string>(), .. further, TrustedColumn]);
            foreach (AccountMargin row in accounts)
            {
                csv.WriteField(CsvDialect.Name(row.Account, spreadsheetSafe));
                csv.WriteField(row.Positions);
                csv.WriteField(row.Value, CsvDialect.RoundTrip);
                Write(csv, row.ValueAtRisk);
                Write(csv, row.ExpectedShortfall);
                csv.WriteField(row.Margin, CsvDialect.RoundTrip);
                if (row.Scenarios is { } scenarios)
                {
                    csv.WriteField(scenarios);
                }

                if (requirements)
                {
                    Write(csv, row.Requirement, further.Count, spreadsheetSafe);
                }

                csv.WriteField(row.ExpectedShortfallTrusted ? "true" : "false");
                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The cells of a requirement's columns; empty for a row without one.</summary>
    internal static void Write(CsvWriter csv, Requirement? requirement, int columns, bool spreadsheetSafe)
    {
        if (requirement is null)
        {
            for (int cell = 0; cell < columns; cell++)
            {
                csv.WriteField("");
            }

            return;
        }

        csv.WriteField(CsvDialect.Name(requirement.Member, spreadsheetSafe));
        csv.WriteField(CsvDialect.Name(requirement.NettingSet, spreadsheetSafe));
        decimal[] amounts =
        [
            .. requirement.Components.Amounts,
            requirement.Required, requirement.Initial, requirement.Maintenance,
            requirement.Collateral, requirement.Excess, requirement.Called, requirement.NettingWouldSave,
        ];
        foreach (decimal amount in amounts)
        {
            csv.WriteField(CsvDialect.Text(amount));
        }
    }

    static void Write(CsvWriter csv, Estimate estimate)
    {
        csv.WriteField(estimate.Value, CsvDialect.RoundTrip);
        csv.WriteField(estimate.Low, CsvDialect.RoundTrip);
        csv.WriteField(estimate.High, CsvDialect.RoundTrip);
    }
}
