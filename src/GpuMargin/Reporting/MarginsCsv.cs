using System.Globalization;
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

    public static IReadOnlyList<string> RequirementColumns { get; } =
    [
        "member", "netting_set", "base", "stressed", "floor", "buffer", "offset", "dependence", "concentration", "stress", "liquidity", "model",
        "grid", "calculated", "requirement", "initial", "maintenance", "collateral", "excess", "call", "netting_would_save",
    ];

    public static byte[] ToBytes(MarginReport report) => ToBytes(report.Accounts, report.HasRequirements);

    /// <summary>The bytes of the file; doubles read back as the same bits, decimals are exact.</summary>
    public static byte[] ToBytes(IReadOnlyList<AccountMargin> accounts, bool requirements = false)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, CsvDialect.Options, leaveOpen: true))
        {
            bool own = accounts.Any(row => row.Scenarios is not null);
            csv.WriteHeader([.. Columns, .. own ? [ScenariosColumn] : Array.Empty<string>(), .. requirements ? RequirementColumns : []]);
            foreach (AccountMargin row in accounts)
            {
                csv.WriteField(row.Account);
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
                    Write(csv, row.Requirement);
                }

                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The cells of <see cref="RequirementColumns"/>.</summary>
    internal static void Write(CsvWriter csv, Requirement? requirement)
    {
        csv.WriteField(requirement?.Member ?? "");
        csv.WriteField(requirement?.NettingSet ?? "");
        foreach (decimal? amount in Amounts(requirement))
        {
            csv.WriteField(amount?.ToString(CsvDialect.Decimal, CultureInfo.InvariantCulture) ?? "");
        }
    }

    static decimal?[] Amounts(Requirement? requirement)
    {
        MarginComponents? parts = requirement?.Components;
        return
        [
            parts?.Base, parts?.Stressed, parts?.Floor, parts?.Buffer, parts?.Offset, parts?.Dependence, parts?.Concentration, parts?.Stress,
            parts?.Liquidity, parts?.Model, parts?.Grid, parts?.Calculated,
            requirement?.Required, requirement?.Initial, requirement?.Maintenance,
            requirement?.Collateral, requirement?.Excess, requirement?.Called, requirement?.NettingWouldSave,
        ];
    }

    static void Write(CsvWriter csv, Estimate estimate)
    {
        csv.WriteField(estimate.Value, CsvDialect.RoundTrip);
        csv.WriteField(estimate.Low, CsvDialect.RoundTrip);
        csv.WriteField(estimate.High, CsvDialect.RoundTrip);
    }
}
