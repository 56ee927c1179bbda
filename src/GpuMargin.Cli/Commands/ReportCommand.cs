using System.CommandLine;
using GpuMargin.Cli.Json;
using GpuMargin.Cli.Options;
using GpuMargin.Cli.Pages;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;
using GpuMargin.Reporting.Charts;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Cli.Commands;

/// <summary>One page of HTML about a run, to hand on.</summary>
static class ReportCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, IDisk disk, CancellationToken cancellation)
    {
        var command = new Command("report", "Write one page of HTML about a run: calls, changes, components, accounts, exceedances, hashes");
        var folder = new Argument<string>("OUT") { Description = "Folder that run wrote" };
        var since = new Option<string>("--since") { Description = "Folder of an earlier run to compare with", HelpName = "OUT" };
        var roll = new Option<string>("--roll") { Description = "Folder that roll wrote: shows its exceedances", HelpName = "DIR" };
        var member = new Option<string>("--member") { Description = "Only this clearing member; nothing of another is on the page", HelpName = "M" };
        Option<string> output = OutputFile.Option("HTML file to write");
        command.Add(folder);
        foreach (Option option in (Option[])[since, roll, member, output])
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            string results = parsed.GetRequiredValue(folder), file = parsed.GetRequiredValue(output);
            List<Finding> findings = [];
            EarlierRun? run = EarlierRun.Read(results, findings, cancellation);
            EarlierRun? earlier = parsed.GetValue(since) is { } other ? EarlierRun.Read(other, findings, cancellation) : null;
            if (findings.Count > 0)
            {
                return Findings.Tell(terminal, parsed.GetValue(json), findings);
            }

            Check(run!, earlier, parsed.GetValue(member));
            RecordedSet recorded = RecordedSet.Of(run!.Run, results, "details", cancellation);
            OutputFile.Check(file, [.. Files(run), .. earlier is null ? [] : Files(earlier), .. parsed.GetValue(roll) is { } rolls ? s_roll.Select(name => Path.Combine(rolls, name)) : []]);
            RollFiles? rolled = parsed.GetValue(roll) is { } days ? RollFiles.Read(days, cancellation) : null;
            ReportPage page = ReportPage.Of(
                run, recorded.Set, parsed.GetValue(member), earlier, rolled, recorded.Set is null ? [$"Losses, attribution and worst scenarios are left out: {recorded.Reason}."] : [],
                chosen => recorded.Set is { } set ? AccountDetails.Of(chosen, set, cancellation) : [.. chosen.Select(account => new AccountDetail(account, null, null))]);
            byte[] bytes = PageDocument.ToBytes(page);
            OutputFile.Write(file, disk, stream =>
            {
                stream.Write(bytes);
                return bytes.Length;
            }, cancellation);
            if (recorded.Set is null)
            {
                terminal.Error.WriteLine($"warning: {recorded.Missing}");
            }

            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, new ReportFile(file, bytes.Length, page.Record.RunId, run.AsOf, run.Currency, page.Member, page.Accounts.Count, page.Details.Count, recorded.Set is not null), CliJson.Readable.ReportFile);
            }
            else
            {
                terminal.Out.WriteLine(Text.Invariant(
                    $"{file.Replace('\\', '/')}: {page.Accounts.Count:N0} accounts, {page.Details.Count:N0} in detail"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    static readonly string[] s_roll = [RollCsv.FileName, RollSummaryCsv.FileName, RollRequirementsCsv.FileName, RollChart.FileName];

    static IEnumerable<string> Files(EarlierRun run) =>
    [
        Path.Combine(run.Folder, RunRecord.FileName),
        .. run.Run.Record.Outputs.Select(output => Path.Combine(run.Folder, output.Name)),
        .. run.Run.Record.Inputs.Select(input => Path.Combine(RecordedSet.Folder(run.Run, run.Folder), input.Name)),
    ];

    static void Check(EarlierRun run, EarlierRun? earlier, string? member)
    {
        if (earlier is not null && earlier.Currency != run.Currency)
        {
            throw new CommandRefusedException($"amounts in {run.Currency} and, in {earlier.Folder}, in {earlier.Currency}, expected two runs in one currency");
        }

        if (member is null)
        {
            return;
        }

        foreach (EarlierRun its in earlier is null ? [run] : (EarlierRun[])[run, earlier])
        {
            if (its.Accounts.All(account => account.Requirement is null))
            {
                throw new CommandRefusedException($"--member: {its.Folder} is a run without a policy, which says no members, expected one whose clearing set has a policy.json");
            }
        }

        _ = NameSelection.Indices("--member", "member", [member], [.. run.Accounts.Select(account => account.Requirement?.Member).OfType<string>().Distinct()]);
    }
}
