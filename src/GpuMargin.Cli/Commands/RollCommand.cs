using System.CommandLine;
using System.Diagnostics;
using GpuMargin.Calibration.History;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;
using GpuMargin.Studies;

namespace GpuMargin.Cli.Commands;

/// <summary>Margins recomputed day by day from a price history.</summary>
static class RollCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, BackendSource source, IDisk disk, CancellationToken cancellation)
    {
        var command = new Command("roll", "Recompute margins day by day from a price history, each day with what was known then");
        var settings = new SettingOptions(command, model: false);
        Option<DateTimeOffset?> from = Day("--from", "First day (a date means 16:00:00Z)"), to = Day("--to", "Last day (the last of the history when left out)");
        from.Required = true;
        Option<double?> step = ValueOptions.Number<double>(
            "--step", "K", "Measure too how fast requirements follow volatility that is K times as high from the first day on", "a number above 1, at most 10", value => value is > 1 and <= 10);
        var account = new Option<string>("--account") { Description = "The account of roll.svg (all together when left out)", HelpName = "A" };
        BackendOptions backends = new BackendOptions(command, source, terminal, sideBySide: true);
        var policy = new Option<string>("--policy") { Description = "Folder with policy.json and its files (SET when left out)", HelpName = "DIR" };
        var output = new Option<string>("--out") { Description = "Folder to write to (SET/out when left out)", HelpName = "DIR" };
        var quiet = new Option<bool>("--quiet") { Description = "No progress, no warnings and no table: only the files" };
        foreach (Option option in (Option[])[from, to, policy, step, account, output, quiet])
        {
            command.Add(option);
        }

        Option<bool> safe = SpreadsheetOption.AddTo(command);
        var calibration = new CalibrationSettings(command);
        command.SetAction(parsed =>
        {
            var clock = Stopwatch.StartNew();
            bool silent = parsed.GetValue(quiet);
            string folder = settings.Folder(parsed), results = parsed.GetValue(output) ?? Path.Combine(folder, "out");
            HistoryOptions reading = calibration.History(parsed);
            if (reading.Values == HistoryValues.Returns)
            {
                throw new CommandRefusedException("--returns: a roll needs prices: strikes and amounts are relative to them");
            }

            using ChosenBackend backend = backends.Open(parsed, silent);
            HistorySet set = HistorySetReader.Read(folder, settings.Overrides(parsed), reading, parsed.GetValue(policy), cancellation);
            int shown = parsed.GetValue(account) is { } name ? NameSelection.Indices("--account", "account", [name], set.Book.Accounts)[0] : -1;
            RollOptions options = new()
            {
                From = parsed.GetValue(from)!.Value,
                To = parsed.GetValue(to) ?? set.History.Dates[^1],
                Calibration = calibration.Calibration(parsed),
                Window = reading.Window,
                Threads = backends.Threads(parsed),
                VolatilityStep = parsed.GetValue(step),
            };
            using RollOutput files = new(results, disk, cancellation);
            RollReport report = DayProgress.Show(terminal, silent, progress => backend.Compute(device => MarginRoll.Calculate(set, options, device, progress, cancellation)));
            files.Write(report, shown < 0 ? report.Total : report.Accounts[shown], parsed.GetValue(safe), cancellation);
            double seconds = clock.Elapsed.TotalSeconds;
            foreach (string warning in silent ? [] : report.Warnings)
            {
                terminal.Error.WriteLine($"warning: {warning}");
            }

            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, RollPrint.Of(report, results, seconds), CliJson.Readable.RollPrint);
            }
            else if (!silent)
            {
                RollTable.Write(terminal, report, results.Replace('\\', '/'), seconds);
            }

            return ExitCode.Done;
        });
        return command;
    }

    static Option<DateTimeOffset?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        CustomParser = argument =>
        {
            if (IsoTime.TryReadDateOrDateTime(argument.Tokens[^1].Value, out DateTimeOffset time))
            {
                return time;
            }

            argument.AddError($"{name}: found '{argument.Tokens[^1].Value}', expected {IsoTime.DateOrDateTimePhrase}");
            return null;
        },
    };
}
