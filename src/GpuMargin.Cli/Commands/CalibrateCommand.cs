using System.CommandLine;
using System.Diagnostics;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Commands;

/// <summary>The model part of a clearing set from a history of prices or returns.</summary>
static class CalibrateCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, IDisk disk, CancellationToken cancellation)
    {
        var command = new Command("calibrate", "Estimate volatilities, marginals and copula from a price history");
        var file = new Argument<string>("HISTORY") { Description = "CSV with a column per factor, a row per day and optionally a column 'date'" };
        var output = new Option<string>("--out") { Description = "Folder of the clearing set; its instruments and positions stay", HelpName = "DIR", Required = true };
        var asOf = new Option<DateTimeOffset?>("--as-of")
        {
            Description = "As-of time in run.json (the last date of the history when left out; a date means 16:00:00Z)",
            HelpName = "DATE",
            CustomParser = argument =>
            {
                if (IsoTime.TryReadDateOrDateTime(argument.Tokens[^1].Value, out DateTimeOffset time))
                {
                    return time;
                }

                argument.AddError($"--as-of: found '{argument.Tokens[^1].Value}', expected {IsoTime.DateOrDateTimePhrase}");
                return null;
            },
        };
        var currency = new Option<string>("--currency")
        {
            Description = $"Currency in run.json (what is there, or {RunModelPart.UsualCurrency}, when left out)",
            HelpName = RunModelPart.UsualCurrency,
            CustomParser = argument =>
            {
                string name = argument.Tokens[^1].Value;
                if (NameRule.Breach(name) is { } breach)
                {
                    argument.AddError($"--currency: found '{name}', expected {breach}");
                }

                return name;
            },
        };
        var dividends = new Option<string?>("--dividends") { Description = "dividends.csv whose amounts are added back to the returns of their ex-dates", HelpName = "FILE" };
        var quiet = new Option<bool>("--quiet") { Description = "No progress, no warnings and no table: only the files" };
        command.Add(file);
        command.Add(output);
        var settings = new CalibrationSettings(command);
        foreach (Option option in (Option[])[currency, asOf, dividends, quiet])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            var clock = Stopwatch.StartNew();
            string path = parsed.GetRequiredValue(file), folder = parsed.GetRequiredValue(output);
            bool silent = parsed.GetValue(quiet);
            HistoryOptions reading = settings.History(parsed);
            CalibrationOptions options = settings.Calibration(parsed);
            CheckPaths(path, folder);
            ReturnHistory history = HistoryReader.Read(path, reading, cancellation);
            history = parsed.GetValue(dividends) is { } paid
                ? HistoryDividends.AddBack(history, paid)
                : history with { Warnings = [.. history.Warnings, .. HistoryDividends.NotAddedBack(history, Path.Combine(folder, DividendRows.FileName))] };
            DateTimeOffset time = parsed.GetValue(asOf)
                ?? (history.Dates.Count > 0 ? history.Dates[^1] : throw new CommandRefusedException($"--as-of: '{path}' has no column 'date' that tells the time of the last row, expected the option"));
            using CalibrationOutput files = new(folder, disk, cancellation);
            RunModelPart.Check(folder);
            double read = clock.Elapsed.TotalSeconds;
            CalibrationResult result = FactorProgress.Show(terminal, silent, history.Factors.Count, progress =>
                HistoryCalibration.Calibrate(history, options, progress, cancellation));
            double calibrated = clock.Elapsed.TotalSeconds;
            CalibrationRecord record = files.Write(
                result, RunModelPart.Of(folder, time, result.Dependence.Copula, parsed.GetValue(currency)),
                CalibrationRecord.Of(history, reading, result), cancellation);
            string document = Path.Combine(folder, CalibrationRecord.FileName).Replace('\\', '/');
            if (!silent)
            {
                Warn(terminal, record.Warnings, document);
            }

            double total = clock.Elapsed.TotalSeconds;
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, new CalibrationPrint(folder, record, new CalibrationTimings(read, calibrated - read, total - calibrated, total)), CliJson.Readable.CalibrationPrint);
            }
            else if (!silent)
            {
                CalibrationTable.Write(terminal, history, result, document, total);
            }

            return ExitCode.Done;
        });
        return command;
    }

    // A gap in a thousand columns is a thousand warnings.
    static void Warn(Terminal terminal, IReadOnlyList<string> warnings, string document)
    {
        foreach (string warning in warnings.Take(RefusalReport.FaultsShown))
        {
            terminal.Error.WriteLine($"warning: {warning}");
        }

        if (warnings.Count > RefusalReport.FaultsShown)
        {
            terminal.Error.WriteLine(Text.Invariant($"\u2026 and {warnings.Count - RefusalReport.FaultsShown:N0} more warnings in {document}"));
        }
    }

    static void CheckPaths(string history, string folder)
    {
        if (CalibrationOutput.FileNames.Any(name => RealPath.Same(Path.Combine(folder, name), history)))
        {
            throw new CommandRefusedException($"--out: '{history}' is the history and would be overwritten");
        }
    }
}
