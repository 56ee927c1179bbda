using System.CommandLine;
using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;
using GpuMargin.Scenarios;

namespace GpuMargin.Cli.Commands;

/// <summary>The P&amp;L of accounts in every scenario that <c>run</c> uses with the same settings.</summary>
static class PnlCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, BackendSource source, IDisk disk, CancellationToken cancellation)
    {
        var command = new Command("pnl", "Write the P&L of accounts in every scenario that run draws with the same settings");
        var settings = new SettingOptions(command);
        var backends = new BackendOptions(command, source, terminal);
        Option<string> output = OutputFile.Option();
        var accounts = new Option<string[]>("--account") { Description = "Account to write; may be repeated", HelpName = "A" };
        var all = new Option<bool>("--all") { Description = "Write all accounts" };
        command.Add(output);
        command.Add(accounts);
        command.Add(all);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(all) == parsed.GetValue(accounts) is { Length: > 0 })
            {
                parsed.AddError("expected either --account, once or more, or --all");
            }
        });
        Option<bool> safe = SpreadsheetOption.AddTo(command);
        command.SetAction(parsed =>
        {
            using ChosenBackend backend = backends.Open(parsed);
            string folder = settings.Folder(parsed), file = parsed.GetRequiredValue(output);
            ClearingSet set = ClearingSetFiles.Read(folder, settings.Overrides(parsed), cancellation: cancellation);
            OutputFile.Check(file, folder, set);
            int[] columns = parsed.GetValue(all)
                ? [.. Enumerable.Range(0, set.Accounts.Count)]
                : NameSelection.Indices("--account", "account", parsed.GetRequiredValue(accounts), set.Accounts);
            if (columns.Select(column => set.Accounts[column]).FirstOrDefault(ScenarioColumns.Has) is { } reserved)
            {
                throw new CommandRefusedException($"positions.csv: an account is called '{reserved}', which heads a column of its own in '{file}', expected another name");
            }

            ValuationRun plan = MarginCalculator.Plan(set, cancellation);
            ScenarioWeights weights = plan.Source.Weights();
            backend.Compute(device => OutputFile.Write(file, disk, stream => Computation.Of(set, () =>
            {
                using var csv = new ScenarioCsv(stream, set.Accounts, columns, single: false, weights.Vary ? weights.Of : null, parsed.GetValue(safe));
                device.VisitProfitAndLoss(plan, csv.Write, cancellation);
                return csv.Rows;
            }), cancellation));
            string[] written = [.. columns.Select(column => set.Accounts[column])];
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, new ScenarioFile(file, set.Settings.Scenarios, written, weights.Vary), CliJson.Readable.ScenarioFile);
            }
            else
            {
                terminal.Out.WriteLine(Text.Invariant(
                    $"{file}: P&L of {written.Length:N0} accounts in {set.Settings.Scenarios:N0} scenarios, {set.Settings.Currency}"));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
