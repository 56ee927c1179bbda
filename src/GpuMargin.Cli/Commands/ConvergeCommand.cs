using System.CommandLine;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;
using GpuMargin.Studies;

namespace GpuMargin.Cli.Commands;

/// <summary>Error and time against the number of scenarios, for every way of drawing them.</summary>
static class ConvergeCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, BackendSource source, IDisk disk, CancellationToken cancellation)
    {
        var command = new Command("converge", "Error and time of expected shortfall against the number of scenarios, with each sampling");
        var settings = new SettingOptions(command, drawn: false);
        var backends = new BackendOptions(command, source, terminal);
        var most = ValueOptions.Number<int>(
            "--scenarios-max", "N", Text.Invariant($"Scenarios of the longest runs ({ConvergenceStudy.DefaultScenarios} when left out)"), "a whole number from 1 to 100000000", value => value is > 0 and <= 100_000_000);
        var repeats = ValueOptions.Number<int>(
            "--repeats", "R", Text.Invariant($"Runs with different seeds for the standard error ({ConvergenceStudy.DefaultRepeats} when left out)"), "a whole number from 2 to 1000", value => value is >= 2 and <= 1000);
        var account = new Option<string[]>("--account") { Description = "Only this account; may be repeated", HelpName = "A" };
        var output = new Option<string>("--out") { Description = "Folder of convergence.csv and convergence.svg (SET/out when left out)", HelpName = "DIR" };
        foreach (Option option in (Option[])[most, repeats, account, output])
        {
            command.Add(option);
        }

        Option<bool> safe = SpreadsheetOption.AddTo(command);
        command.SetAction(parsed =>
        {
            using ChosenBackend backend = backends.Open(parsed);
            string folder = settings.Folder(parsed), results = parsed.GetValue(output) ?? Path.Combine(folder, "out");
            int longest = parsed.GetValue(most) ?? ConvergenceStudy.DefaultScenarios, runs = parsed.GetValue(repeats) ?? ConvergenceStudy.DefaultRepeats;
            ClearingSet set = ClearingSetFiles.Read(folder, settings.Overrides(parsed), cancellation: cancellation);
            if (longest * (1 - set.Settings.Confidence) < 1)
            {
                throw new CommandRefusedException(Text.Invariant(
                    $"--scenarios-max: found '{longest}', expected at least {Math.Ceiling(1 / (1 - set.Settings.Confidence))} scenarios for confidence {set.Settings.Confidence}"));
            }

            int[] accounts = parsed.GetValue(account) is { Length: > 0 } names
                ? [.. NameSelection.Indices("--account", "account", names, set.Accounts).Order()]
                : [.. Enumerable.Range(0, set.Accounts.Count)];
            using ConvergenceOutput files = new(results, disk, cancellation);
            IReadOnlyList<ConvergenceMethod> methods = backend.Compute(device => RunProgress.Show(
                terminal, ConvergenceStudy.Runs(set, runs), progress => ConvergenceStudy.Run(set, device, accounts, longest, runs, progress, cancellation)));
            string[] studied = [.. accounts.Select(number => set.Accounts[number])];
            files.Write(methods, studied, Title(folder, set, studied.Length), parsed.GetValue(safe), cancellation);
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, ConvergenceResult.Of(results, runs, studied, methods), CliJson.Readable.ConvergenceResult);
            }
            else
            {
                ConvergenceTable.Write(terminal, methods, studied, runs, parsed.GetValue(account) is { Length: > 0 }, results.Replace('\\', '/'));
            }

            return ExitCode.Done;
        });
        return command;
    }

    static string Title(string folder, ClearingSet set, int accounts) => Text.Invariant(
        $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))}: {accounts:N0} account{(accounts == 1 ? "" : "s")}, expected shortfall at {100 * set.Settings.Confidence:0.####} % over {set.Settings.HorizonDays} day{(set.Settings.HorizonDays == 1 ? "" : "s")}");
}
