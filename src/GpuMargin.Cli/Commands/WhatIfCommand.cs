using System.CommandLine;
using System.Diagnostics;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Changes;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Files;
using GpuMargin.Files.Commits;
using GpuMargin.Margin;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Commands;

/// <summary>Margins of a clearing set before and after a change, equal in every bit to runs of the two sets.</summary>
static class WhatIfCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, BackendSource source, IDisk disk, CancellationToken cancellation)
    {
        var command = new Command("whatif", "Compute margins and requirements before and after a change of positions, collateral, prices or volatilities");
        var settings = new SettingOptions(command, fingerprinted: true);
        var changes = new ChangeOptions(command);
        var target = new TargetOptions(command);
        var backends = new BackendOptions(command, source, terminal);
        var output = new Option<string>("--out") { Description = "New folder for the changed set and what run writes of it", HelpName = "DIR" };
        command.Add(output);
        command.SetAction(parsed =>
        {
            var clock = Stopwatch.StartNew();
            using ChosenBackend backend = backends.Open(parsed);
            string folder = settings.Folder(parsed);
            RunOverrides overrides = target.Over(settings.Overrides(parsed), parsed);
            backend.WarmUp(overrides.Precision);
            ClearingSetChange change = changes.Of(parsed);
            using NewFolder? made = parsed.GetValue(output) is { } wanted ? Made(wanted, folder) : null;
            ClearingSet set = FactorisationBar.Show(terminal, false, factored => ClearingSetFiles.Read(folder, overrides, factored, cancellation));
            ClearingSet changed = change.ApplyTo(set);
            if (made is not null)
            {
                ClearingSetFiles.Write(changed, made.Path, cancellation);
                changed = ClearingSetFiles.Read(made.Path, cancellation: cancellation);
            }

            double read = clock.Elapsed.TotalSeconds;
            WhatIf answer = backend.Compute(device => Computation.Of(changed, () =>
                ScenarioProgress.Show(terminal, false, set.Settings, (progress, checkpoints, factored) =>
                    WhatIf.Of(set, changed, device, progress, checkpoints, factored, cancellation))));
            string[] untold = [.. answer.After.Warnings];
            if (backend.Warning is { } failure)
            {
                answer = answer with { After = answer.After with { Warnings = [.. answer.After.Warnings, failure] } };
            }

            if (made is not null)
            {
                Write(changed, answer.After, made.Path, disk, read, clock, cancellation);
                made.Commit();
            }

            foreach (string warning in untold)
            {
                terminal.Error.WriteLine($"warning: {warning}");
            }

            IReadOnlySet<string> named = change.Trades.Select(trade => trade.Account).Concat(change.Collateral.Select(move => move.Account)).ToHashSet();
            IReadOnlyList<MarginChange> moved = MarginChange.Of(changed, answer.Before.Accounts, answer.After.Accounts, named);
            string[] newAccounts = [.. changed.Accounts.Except(set.Accounts)];
            string[] notes = [.. WhatIfNotes.Of(set, change, newAccounts)];
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, WhatIfResult.Of(answer, moved, parsed.GetValue(output), newAccounts, notes), CliJson.Readable.WhatIfResult);
            }
            else
            {
                WhatIfTable.Write(terminal, answer, moved, clock.Elapsed.TotalSeconds);
                foreach (string note in notes)
                {
                    terminal.Out.WriteLine(note);
                }
            }

            return answer.After.MissedTarget is { Count: > 0 } ? ExitCode.CheckFailed : ExitCode.Done;
        });
        return command;
    }

    static NewFolder Made(string wanted, string set) => RealPath.Same(wanted, set)
        ? throw new CommandRefusedException($"--out: '{wanted}' is the clearing set itself, expected a new or an empty folder")
        : new NewFolder(wanted);

    static void Write(ClearingSet set, MarginReport report, string folder, IDisk disk, double read, Stopwatch clock, CancellationToken cancellation)
    {
        string results = Path.Combine(folder, "out");
        using RunOutput files = new(results, disk, cancellation);
        double total = clock.Elapsed.TotalSeconds;
        RunTimings timings = new(read, total - read, 0, total, report.Stages.ToDictionary(stage => stage.Stage, stage => stage.Seconds));
        files.Write(report, RunRecord.Of(set, report, folder, results, new RunOverrides(), timings), cancellation: cancellation);
    }
}
