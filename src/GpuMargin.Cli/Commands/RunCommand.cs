using System.CommandLine;
using System.Diagnostics;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files.Commits;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Cli.Commands;

/// <summary>The main job: margins of a clearing set.</summary>
static class RunCommand
{
    /// <summary>P&amp;L values from which on what reading left is collected: with the text of positions.csv 45 MB of job L's 278 for 20 ms, which a shorter run would feel.</summary>
    const double LongRun = 1e8;

    internal static Command Create(Terminal terminal, Option<bool> json, BackendSource source, IDisk disk, CancellationToken cancellation)
    {
        var command = new Command("run", "Compute VaR, expected shortfall and margin of every account");
        var settings = new SettingOptions(command, fingerprinted: true);
        var target = new TargetOptions(command);
        var backends = new BackendOptions(command, source, terminal);
        var output = new Option<string>("--out") { Description = "Folder to write to (SET/out when left out)", HelpName = "DIR" };
        var quiet = new Option<bool>("--quiet") { Description = "No progress, no warnings and no table: only the files" };
        var attribution = new Option<bool>("--attribution") { Description = "Write attribution.csv: the part of every position in its account's expected shortfall" };
        var incremental = new Option<bool>("--incremental") { Description = "With --attribution: what expected shortfall would fall by without each position" };
        command.Add(output);
        command.Add(quiet);
        command.Add(attribution);
        command.Add(incremental);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(incremental) && !parsed.GetValue(attribution))
            {
                parsed.AddError("--incremental: found without --attribution, expected both");
            }
        });
        var limits = new LimitOptions(command);
        var tables = new TableOptions(command);
        Option<bool> safe = SpreadsheetOption.AddTo(command);
        command.SetAction(parsed =>
        {
            var clock = Stopwatch.StartNew();
            bool silent = parsed.GetValue(quiet);
            List<Finding> findings = [];
            EarlierRun? since = limits.Since(parsed) is { } earlier ? EarlierRun.Read(earlier, findings, cancellation) : null;
            if (findings.Count > 0)
            {
                return Findings.Tell(terminal, parsed.GetValue(json), findings);
            }

            using ChosenBackend backend = backends.Open(parsed, silent);
            string folder = settings.Folder(parsed), results = parsed.GetValue(output) ?? Path.Combine(folder, "out");
            RunOverrides overrides = target.Over(settings.Overrides(parsed), parsed);
            backend.WarmUp(overrides.Precision);
            ClearingSet set = FactorisationBar.Show(terminal, silent, factored => ClearingSetFiles.Read(folder, overrides, factored, cancellation));
            LimitedRun.Check(set, since);
            Failure failures = limits.Failures(parsed, set);
            TableRows rows = tables.Rows(parsed, set);
            if ((double)set.Accounts.Count * set.Settings.Scenarios > LongRun)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            double read = clock.Elapsed.TotalSeconds;
            using RunOutput files = new(results, disk, cancellation);
            MarginReport report = backend.Compute(device => Computation.Of(set, () =>
                ScenarioProgress.Show(terminal, silent, set.Settings, (progress, checkpoints, factored) =>
                    MarginCalculator.Calculate(set, device, progress, checkpoints, factored, cancellation))));
            byte[]? parts = parsed.GetValue(attribution)
                ? backend.Compute(device => Computation.Of(set, () => AttributionCsv.Of(
                    set, [.. report.Accounts.Select(account => account.Scenarios)], parsed.GetValue(incremental), parsed.GetValue(safe), device, cancellation)))
                : null;
            LimitedRun limited = LimitedRun.Of(set, report, since);
            report = limited.Report;
            string[] untold = [.. report.Warnings];
            if (backend.Warning is { } failure)
            {
                report = report with { Warnings = [.. report.Warnings, failure] };
            }

            double total = clock.Elapsed.TotalSeconds;
            var timings = new RunTimings(read, total - read, 0, total, report.Stages.ToDictionary(stage => stage.Stage, stage => stage.Seconds));
            RunRecord record = RunRecord.Of(set, report, folder, results, overrides, timings) with
            {
                SpreadsheetSafe = parsed.GetValue(safe) ? true : null,
                SinceSha256 = since?.MarginsSha256,
            };
            if (files.Contradiction(record) is { } other)
            {
                return Alarm(terminal, parsed.GetValue(json), results, record, other);
            }

            record = files.Write(report, record, parts, limited.File(parsed.GetValue(safe)), cancellation);
            if (!silent)
            {
                foreach (string warning in untold)
                {
                    terminal.Error.WriteLine($"warning: {warning}");
                }
            }

            if (report.MissedTarget is { Count: > 0 } && !silent)
            {
                foreach (string line in MissedTarget.Lines(report))
                {
                    terminal.Error.WriteLine(line);
                }
            }

            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, new RunResult(results, [.. report.Accounts.Select(MarginRow.Of)], record, report.HasRequirements ? report.Members : null, limited.Breaches, limited.Changes), CliJson.Readable.RunResult);
            }
            else if (!silent)
            {
                limited.Write(terminal, results, rows);
                MarginTable.Write(terminal, report, record, Path.Combine(results, MarginsCsv.FileName).Replace('\\', '/'), rows);
            }

            string[] failed = [.. limited.Failures(failures)];
            foreach (string line in silent ? [] : failed)
            {
                terminal.Error.WriteLine(line);
            }

            return report.MissedTarget is { Count: > 0 } || failed.Length > 0 ? ExitCode.CheckFailed : ExitCode.Done;
        });
        return command;
    }

    static int Alarm(Terminal terminal, bool json, string results, RunRecord record, string earlier)
    {
        var alarm = new Finding(Path.Combine(results, RunRecord.FileName), null, null,
            $"alarm: run {MarginTable.Prefix(record.RunId!)} gave P&L {MarginTable.Prefix(earlier)} there and {MarginTable.Prefix(record.ProfitAndLossSha256)} now, with the same inputs, settings and version; nothing was written");
        return Findings.Tell(terminal, json, [alarm]);
    }
}
