using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files.Commits;
using GpuMargin.Margin;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Commands;

/// <summary>Repeats a recorded run and compares bit for bit; writes nothing.</summary>
static class ReplayCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, BackendSource source, CancellationToken cancellation)
    {
        var command = new Command("replay", "Repeat a run from its record and compare bit for bit; writes nothing");
        var path = new Argument<string>("RUN-RECORD") { Description = "The run-record.json of the run, or its folder" };
        var backends = new BackendOptions(command, source, terminal);
        command.Add(path);
        command.SetAction(parsed =>
        {
            using ChosenBackend backend = backends.Open(parsed);
            string given = parsed.GetRequiredValue(path);
            string file = Directory.Exists(given) ? Path.Combine(given, RunRecord.FileName) : given;
            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            (RunRecord record, byte[]? beside) = Read(file, folder, cancellation);
            string setFolder = Path.GetFullPath(Path.Combine(folder, record.ClearingSet));
            if (!Directory.Exists(setFolder))
            {
                throw new CommandRefusedException($"{file}: the clearing set '{record.ClearingSet}' is not there");
            }

            string[] differences = [.. ChangedInputs(record, setFolder, cancellation)];
            if (differences.Length == 0)
            {
                differences = [.. Repeat(terminal, backend, record, beside, setFolder, cancellation)];
            }

            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, new ReplayResult(differences.Length == 0, differences), CliJson.Readable.ReplayResult);
            }
            else if (differences.Length == 0)
            {
                terminal.Out.WriteLine(Text.Invariant(
                    $"same bits: {record.Counts.Accounts:N0} accounts, {record.Counts.Scenarios:N0} scenarios, P&L {MarginTable.Prefix(record.ProfitAndLossSha256)}"));
            }

            foreach (string difference in differences)
            {
                terminal.Error.WriteLine(difference);
            }

            return differences.Length == 0 ? ExitCode.Done : ExitCode.CheckFailed;
        });
        return command;
    }

    /// <summary>A record and the margins.csv beside it, of one run.</summary>
    static (RunRecord Record, byte[]? Margins) Read(string file, string folder, CancellationToken cancellation)
    {
        using SettledFolder files = SettledFolder.Open(folder, cancellation);
        try
        {
            RunRecord record = RunRecord.FromJson(files.Read(Path.GetFileName(file)));
            foreach (RecordedFile input in record.Inputs.Where(input => !IsInside(input.Name)))
            {
                throw new JsonException($"inputs: '{input.Name}' is no file of a clearing set");
            }

            return (record, files.Has(MarginsCsv.FileName) ? files.Read(MarginsCsv.FileName) : null);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandRefusedException($"{file}: not found, expected the run-record.json of a run");
        }
        catch (JsonException problem)
        {
            throw new CommandRefusedException($"{file}: not a run record: {problem.Message}");
        }
    }

    // The set's files are in its folder or one folder below.
    static bool IsInside(string name) => !Path.IsPathRooted(name)
        && name.Split('/', '\\') is { Length: 1 or 2 } parts && parts.All(part => part is not ("" or "." or ".."));

    static IEnumerable<string> ChangedInputs(RunRecord record, string setFolder, CancellationToken cancellation)
    {
        foreach (RecordedFile input in record.Inputs)
        {
            using SettledFolder files = SettledFolder.Open(Path.GetDirectoryName(Path.Combine(setFolder, input.Name))!, cancellation);
            string name = Path.GetFileName(input.Name);
            if (!files.Has(name))
            {
                yield return $"{input.Name}: was read by the run, is not there now";
            }
            else if (Sha256(files.Read(name)) is { } now && now != input.Sha256)
            {
                yield return $"{input.Name}: changed since the run (SHA-256 {MarginTable.Prefix(input.Sha256)} then, {MarginTable.Prefix(now)} now)";
            }
        }
    }

    static IEnumerable<string> Repeat(
        Terminal terminal, ChosenBackend backend, RunRecord record, byte[]? beside, string setFolder, CancellationToken cancellation)
    {
        ClearingSet set = FactorisationBar.Show(terminal, quiet: false, factored => ClearingSetFiles.Read(setFolder, Overrides(record), factored, cancellation));
        foreach (InputFile added in set.Inputs.Where(now => record.Inputs.All(then => then.Name != now.Name)))
        {
            yield return $"{added.Name}: was not there at the time of the run";
        }

        MarginReport report = backend.Compute(device => Computation.Of(set, () =>
            ScenarioProgress.Show(terminal, quiet: false, set.Settings, (progress, checkpoints, factored) =>
                MarginCalculator.Calculate(set, device, progress, checkpoints, factored, cancellation))));
        if (report.ProfitAndLossSha256 != record.ProfitAndLossSha256)
        {
            yield return $"P&L: SHA-256 {MarginTable.Prefix(record.ProfitAndLossSha256)} then, {MarginTable.Prefix(report.ProfitAndLossSha256)} now"
                + (record.Version == RunRecord.ProductVersion ? "" : $" (recorded by version {record.Version}, this is {RunRecord.ProductVersion})");
        }

        if (!(report.MissedTarget ?? []).SequenceEqual(record.MissedTarget ?? []))
        {
            yield return Text.Invariant($"missedTarget: {record.MissedTarget?.Count ?? 0:N0} accounts then, {report.MissedTarget?.Count ?? 0:N0} now, or others");
        }

        byte[] margins = MarginsCsv.ToBytes(report);
        if (record.Outputs.FirstOrDefault(output => output.Name == MarginsCsv.FileName) is { } recorded && recorded.Sha256 != Sha256(margins))
        {
            yield return $"{MarginsCsv.FileName}: SHA-256 {MarginTable.Prefix(recorded.Sha256)} then, {MarginTable.Prefix(Sha256(margins))} now";
        }

        if (record.Outputs.FirstOrDefault(output => output.Name == MarginsJson.FileName) is { } nested
            && (report.HasRequirements ? Sha256(MarginsJson.ToBytes(report)) : "") is var found && nested.Sha256 != found)
        {
            yield return $"{MarginsJson.FileName}: SHA-256 {MarginTable.Prefix(nested.Sha256)} then, {MarginTable.Prefix(found)} now";
        }

        if (beside is not null && MarginsComparison.FirstDifference(beside, margins) is { } difference)
        {
            yield return $"{MarginsCsv.FileName}: {difference}";
        }
    }

    static RunOverrides Overrides(RunRecord record)
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

    static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
