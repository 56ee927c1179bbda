using System.CommandLine;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
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
            RecordedRun run = RecordedRun.Read(file, folder, cancellation);
            RunRecord record = run.Record;
            string[] differences = [.. run.Edited.Concat(run.Changed).Select(finding => finding.ToString())];
            if (run.Edited.Length == 0)
            {
                string setFolder = Path.GetFullPath(Path.Combine(folder, record.ClearingSet));
                if (!Directory.Exists(setFolder))
                {
                    throw new CommandRefusedException($"{file}: the clearing set '{record.ClearingSet}' is not there");
                }

                string[] inputs = [.. run.ChangedInputs(setFolder, cancellation)];
                differences = [.. differences, .. inputs.Length > 0 ? inputs : Repetition.Differences(terminal, backend, run, setFolder, cancellation)];
            }

            string? other = record.Version == RunRecord.ProductVersion ? null : record.Version;
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, new ReplayResult(differences.Length == 0, differences, other), CliJson.Readable.ReplayResult);
            }
            else if (differences.Length == 0)
            {
                terminal.Out.WriteLine(Text.Invariant(
                    $"same bits: {record.Counts.Accounts:N0} accounts, {record.Counts.Scenarios:N0} scenarios, P&L {MarginTable.Prefix(record.ProfitAndLossSha256)}"));
            }

            if (other is not null)
            {
                terminal.Error.WriteLine($"other version: the record is of {other}, this is {RunRecord.ProductVersion}");
            }

            foreach (string difference in differences)
            {
                terminal.Error.WriteLine(difference);
            }

            return differences.Length == 0 ? ExitCode.Done : ExitCode.CheckFailed;
        });
        return command;
    }
}
