using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Options;
using GpuMargin.Margin;
using GpuMargin.Margin.Limits;
using GpuMargin.Reporting;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Cli.Commands;

/// <summary>A recorded run computed once more and compared with its record.</summary>
static class Repetition
{
    static readonly string[] s_compared = ["settings.", "counts.", "premiums."];

    /// <summary>What differs, one line each.</summary>
    public static IEnumerable<string> Differences(
        Terminal terminal, ChosenBackend backend, RecordedRun run, string setFolder, CancellationToken cancellation)
    {
        RunRecord record = run.Record;
        RunOverrides overrides = Overrides(record);
        ClearingSet set = FactorisationBar.Show(terminal, quiet: false, factored => ClearingSetFiles.Read(setFolder, overrides, factored, cancellation));
        foreach (InputFile added in set.Inputs.Where(now => record.Inputs.All(then => then.Name != now.Name)))
        {
            yield return $"{added.Name}: was not there at the time of the run";
        }

        MarginReport report = backend.Compute(device => Computation.Of(set, () =>
            ScenarioProgress.Show(terminal, quiet: false, set.Settings, (progress, checkpoints, factored) =>
                MarginCalculator.Calculate(set, device, progress, checkpoints, factored, cancellation))));
        string[] fields = [.. OtherFields(run, RunRecord.Of(set, report, setFolder, setFolder, overrides, record.Timings))];
        if (report.ProfitAndLossSha256 != record.ProfitAndLossSha256)
        {
            yield return $"P&L: SHA-256 {MarginTable.Prefix(record.ProfitAndLossSha256)} then, {MarginTable.Prefix(report.ProfitAndLossSha256)} now"
                + (fields.Length == 0 && record.Version == RunRecord.ProductVersion ? "; alarm: inputs, settings and version are the same" : "");
        }

        foreach (string field in fields)
        {
            yield return field;
        }

        if (!(report.MissedTarget ?? []).SequenceEqual(record.MissedTarget ?? []))
        {
            yield return Text.Invariant($"missedTarget: {record.MissedTarget?.Count ?? 0:N0} accounts then, {report.MissedTarget?.Count ?? 0:N0} now, or others");
        }

        byte[] margins = MarginsCsv.ToBytes(report, record.SpreadsheetSafe == true);
        if (record.Outputs.FirstOrDefault(output => output.Name == MarginsCsv.FileName) is { } recorded && recorded.Sha256 != RecordSeal.Sha256(margins))
        {
            yield return $"{MarginsCsv.FileName}: SHA-256 {MarginTable.Prefix(recorded.Sha256)} then, {MarginTable.Prefix(RecordSeal.Sha256(margins))} now";
        }

        if (record.Outputs.FirstOrDefault(output => output.Name == MarginsJson.FileName) is { } nested
            && (report.HasRequirements ? RecordSeal.Sha256(MarginsJson.ToBytes(report)) : "") is var found && nested.Sha256 != found)
        {
            yield return $"{MarginsJson.FileName}: SHA-256 {MarginTable.Prefix(nested.Sha256)} then, {MarginTable.Prefix(found)} now";
        }

        // What was measured against another run cannot be measured again without it.
        if (record is { SinceSha256: null } && record.Outputs.FirstOrDefault(output => output.Name == BreachesCsv.FileName) is { } breached
            && RecordSeal.Sha256(BreachesCsv.ToBytes(MarginLimits.Breaches(set, report.Accounts), record.SpreadsheetSafe == true)) is var limited && breached.Sha256 != limited)
        {
            yield return $"{BreachesCsv.FileName}: SHA-256 {MarginTable.Prefix(breached.Sha256)} then, {MarginTable.Prefix(limited)} now";
        }

        if (run.Margins is not null && MarginsComparison.FirstDifference(run.Margins, margins) is { } difference)
        {
            yield return $"{MarginsCsv.FileName}: {difference}";
        }
    }

    // Fields that an earlier layout does not have are not compared.
    static IEnumerable<string> OtherFields(RecordedRun run, RunRecord now)
    {
        Dictionary<string, string> fields = RecordLeaves.Of(now.ToJson()).ToDictionary(leaf => leaf.Path, leaf => leaf.Text);
        foreach (RecordLeaf then in RecordLeaves.Of(run.Json).Where(leaf =>
            s_compared.Any(field => leaf.Path.StartsWith(field, StringComparison.Ordinal))))
        {
            if (fields.GetValueOrDefault(then.Path) is var value && value != then.Text)
            {
                yield return $"{then.Path}: {then.Text} in the record, {value ?? "nothing"} now";
            }
        }

        if (run.Record.RunId is { } id && id != RunId.Of(run.Json))
        {
            yield return $"runId: {MarginTable.Prefix(id)} in the record, {MarginTable.Prefix(RunId.Of(run.Json))} of its inputs, settings and version";
        }
    }

    internal static RunOverrides Overrides(RunRecord record)
    {
        try
        {
            // Whether the files are those of the run is known from their hashes.
            return record.Settings.ToOverrides(record.RepairCorrelation) with { EditedModel = true };
        }
        catch (JsonException problem)
        {
            throw new CommandRefusedException($"not a run record: settings: {problem.Message}");
        }
    }
}
