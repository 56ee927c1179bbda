using System.Globalization;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Pages.Sections;

/// <summary>Settings, versions and hashes by which the run can be repeated. On a member's page without what is said of others: warnings, counts and sizes of the files.</summary>
sealed class SettingsSection : PageSection
{
    public override string Id => "settings";

    public override string Title => "Settings and hashes";

    public override void Write(HtmlWriter html, ReportPage page)
    {
        RunRecord record = page.Record;
        bool isHouse = page.Member is null;
        if (isHouse && record.Warnings.Count > 0)
        {
            html.Write($"<h3>Warnings of the run</h3>\n<ul>\n");
            foreach (string warning in record.Warnings)
            {
                html.Write($"<li>{warning:phrase}</li>\n");
            }

            html.Write($"</ul>\n");
        }

        HtmlTable.Begin(html, "Settings of the run", "", isSorted: false, Column.Text("Setting"), Column.Text("Value"));
        foreach ((string name, string? value) in Settings(page, isHouse))
        {
            if (value is not null)
            {
                html.Write($"<tr><th scope=\"row\">{name}<td class=\"t\">{value:phrase}</tr>\n");
            }
        }

        HtmlTable.End(html);
        Files(html, "Files read by the run", record.Inputs, isHouse);
        Files(html, "Files written by the run", record.Outputs, isHouse);
    }

    static IEnumerable<(string Name, string? Value)> Settings(ReportPage page, bool isHouse)
    {
        RunRecord record = page.Record;
        RecordedSettings settings = record.Settings;
        return
        [
            ("Run", record.RunId),
            ("Version", record.Version),
            ("As of", settings.AsOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ("Currency", settings.Currency),
            ("Confidence", settings.Confidence.ToString(CultureInfo.InvariantCulture)),
            ("Horizon", Text.Invariant($"{settings.HorizonDays} days, ageing {settings.Ageing}")),
            ("Copula", settings.Copula.Nu is { } nu ? Text.Invariant($"{settings.Copula.Family}, {nu:0.###} degrees of freedom") : settings.Copula.Family),
            ("Scenarios", Text.Invariant($"{settings.Scenarios:N0}, {settings.Sampling}, seed {settings.Seed}, importance sampling {settings.Importance ?? "off"}")),
            ("Target error", settings.TargetError?.ToString(CultureInfo.InvariantCulture)),
            ("Precision", settings.Precision),
            ("Computed on", isHouse ? $"{record.Backend}, {record.Device}, {record.Runtime}" : null),
            ("Counts", isHouse ? Text.Invariant($"{record.Counts.Factors:N0} factors, {record.Counts.Instruments:N0} instruments, {record.Counts.Accounts:N0} accounts, {record.Counts.Positions:N0} positions") : null),
            ("P&L", $"SHA-256 {record.ProfitAndLossSha256}"),
            ("Record", record.RecordSha256 is { } seal ? $"SHA-256 {seal}" : null),
            ("Compared with", page.SinceSha256 is { } since ? $"{MarginsCsv.FileName}, SHA-256 {since}" : null),
        ];
    }

    static void Files(HtmlWriter html, string caption, IReadOnlyList<RecordedFile> files, bool withSizes)
    {
        HtmlTable.Begin(html, caption, "", isSorted: false, [Column.Text("File"), Column.Text("SHA-256"), .. withSizes ? [Column.Number("Bytes")] : Array.Empty<Column>()]);
        foreach (RecordedFile file in files)
        {
            html.Write($"<tr><th scope=\"row\">{file.Name}<td class=\"t hash\">{file.Sha256}");
            if (withSizes)
            {
                html.Write($"<td>{file.Bytes.ToString("N0", CultureInfo.InvariantCulture)}");
            }

            html.Write($"</tr>\n");
        }

        HtmlTable.End(html);
    }
}
