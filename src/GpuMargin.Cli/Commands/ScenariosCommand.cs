using System.CommandLine;
using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;
using GpuMargin.Scenarios;

namespace GpuMargin.Cli.Commands;

/// <summary>Every factor's shock in every scenario that <c>run</c> uses with the same settings.</summary>
static class ScenariosCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, BackendSource source, IDisk disk, CancellationToken cancellation)
    {
        var command = new Command("scenarios", "Write every factor's shock in every scenario that run draws with the same settings");
        var settings = new SettingOptions(command);
        var backends = new BackendOptions(command, source, terminal);
        Option<string> output = OutputFile.Option();
        var factors = new Option<string>("--factors") { Description = "Only these factors, separated by commas, in this order", HelpName = "A,B" };
        command.Add(output);
        command.Add(factors);
        Option<bool> safe = SpreadsheetOption.AddTo(command);
        command.SetAction(parsed =>
        {
            using ChosenBackend backend = backends.Open(parsed);
            string folder = settings.Folder(parsed), file = parsed.GetRequiredValue(output);
            ClearingSet set = ClearingSetFiles.Read(folder, settings.Overrides(parsed), cancellation: cancellation);
            OutputFile.Check(file, folder, set);
            string[] names = [.. set.Factors.Select(factor => factor.Name)];
            int[] columns = parsed.GetValue(factors) is { } wanted
                ? NameSelection.Indices("--factors", "factor", wanted.Split(',', StringSplitOptions.TrimEntries), names)
                : [.. Enumerable.Range(0, names.Length)];
            ValuationRun plan = MarginCalculator.Plan(set, cancellation);
            ScenarioWeights weights = plan.Source.Weights();
            bool single = set.Settings.Precision == Precision.Mixed;
            backend.Compute(device => OutputFile.Write(file, disk, stream =>
            {
                using var csv = new ScenarioCsv(stream, names, columns, single, weights.Vary ? weights.Of : null, parsed.GetValue(safe));
                device.VisitScenarios(plan, csv.Write, cancellation);
                return csv.Rows;
            }, cancellation));
            string[] written = [.. columns.Select(column => names[column])];
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, new ScenarioFile(file, set.Settings.Scenarios, written, weights.Vary), CliJson.Readable.ScenarioFile);
            }
            else
            {
                terminal.Out.WriteLine(Text.Invariant($"{file}: {set.Settings.Scenarios:N0} scenarios of {written.Length:N0} factors"));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
