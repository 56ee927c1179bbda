using System.Text.Json;
using GpuMargin.Margin;
using GpuMargin.Margin.Limits;
using GpuMargin.Reporting;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Cli.Commands;

/// <summary>What a run wrote, such as another run whose margins this one's are compared with.</summary>
/// <param name="Accounts">As the run wrote them; with requirements where it has a policy.</param>
sealed record EarlierRun(string Folder, DateTimeOffset AsOf, string Currency, string MarginsSha256, IReadOnlyList<AccountMargin> Accounts, RecordedRun Run)
{
    /// <summary>Breaches of limits; <see langword="null"/>: the run had none to check.</summary>
    public IReadOnlyList<LimitBreach>? Breaches { get; init; }

    /// <param name="findings">Gains what is not as the run wrote it.</param>
    /// <returns><see langword="null"/>: there are findings.</returns>
    /// <exception cref="CommandRefusedException">There is no record, or it is none.</exception>
    public static EarlierRun? Read(string folder, List<Finding> findings, CancellationToken cancellation)
    {
        RecordedRun run = RecordedRun.Read(Path.Combine(folder, RunRecord.FileName), folder, cancellation);
        findings.AddRange(run.Edited.Concat(run.Changed).Select(finding => finding with { File = Path.Combine(folder, finding.File) }));
        if (findings.Count > 0)
        {
            return null;
        }

        if (run.Margins is not { } margins)
        {
            throw new CommandRefusedException($"{folder}: no {MarginsCsv.FileName}, expected the folder of a run");
        }

        RunRecord record = run.Record;
        string file = Path.Combine(folder, run.Nested is null ? MarginsCsv.FileName : MarginsJson.FileName);
        try
        {
            return new EarlierRun(
                folder, record.Settings.AsOf, record.Settings.Currency, RecordSeal.Sha256(margins),
                run.Nested is null ? MarginsCsvReader.Read(margins, record.SpreadsheetSafe == true) : MarginsJson.FromJson(run.Nested).Accounts,
                run)
            {
                Breaches = run.Breaches is null ? null : BreachesCsv.Read(run.Breaches, record.SpreadsheetSafe == true),
            };
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            throw new CommandRefusedException($"{file}: not what a run writes: {problem.Message}");
        }
    }
}
