using System.CommandLine;
using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Display;
using GpuMargin.Cli.Json;
using GpuMargin.Files.Commits;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Cli.Commands;

/// <summary>One requirement component by component, and what changed since another run.</summary>
static class ExplainCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, CancellationToken cancellation)
    {
        var command = new Command("explain", "Show how a requirement comes about, and what changed since another run");
        var folder = new Argument<string>("OUT") { Description = "Folder that a run with a policy wrote" };
        var name = new Argument<string>("ACCOUNT") { Description = "Account or netting set" };
        var since = new Option<string>("--since") { Description = "Folder of an earlier run to compare with", HelpName = "OUT" };
        command.Add(folder);
        command.Add(name);
        var attribution = new Option<bool>("--attribution") { Description = "Compute the account once more: parts of its expected shortfall by underlying and position, worst scenarios and their moves" };
        command.Add(since);
        command.Add(attribution);
        command.SetAction(parsed =>
        {
            string asked = parsed.GetRequiredValue(name);
            List<Finding> findings = [];
            bool parts = parsed.GetValue(attribution);
            ExplainedRun? now = Read(parsed.GetRequiredValue(folder), asked, needed: !parts, findings);
            ExplainedRun? then = parsed.GetValue(since) is { } earlier ? Read(earlier, asked, needed: true, findings) : null;
            if (findings.Count > 0)
            {
                return Findings.Tell(terminal, parsed.GetValue(json), findings);
            }

            if (then is not null && now is null)
            {
                throw new CommandRefusedException($"{parsed.GetRequiredValue(folder)}: a run without a policy has no requirements, expected one whose clearing set has a policy.json for --since");
            }

            if (then is not null && then.Currency != now!.Currency)
            {
                throw new CommandRefusedException($"amounts in {now.Currency} and in {then.Currency}, expected two runs in one currency");
            }

            AttributionPrint? print = parts ? AttributedRun.Of(parsed.GetRequiredValue(folder), now?.Account.Account ?? asked, cancellation) : null;
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(terminal, new ExplainResult(now, then, print), CliJson.Readable.ExplainResult);
            }
            else
            {
                if (now is not null)
                {
                    ExplanationTable.Write(terminal, now, then);
                }

                if (print is not null)
                {
                    AttributionTable.Write(terminal, print);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <param name="needed">A run without requirements is refused.</param>
    /// <returns><see langword="null"/> with findings: a file is not as it was written; without: the run has no requirements.</returns>
    static ExplainedRun? Read(string folder, string name, bool needed, List<Finding> findings)
    {
        using SettledFolder files = SettledFolder.Open(folder);
        (RunRecord record, Finding[] edited) = Parsed(files, folder, RunRecord.FileName, bytes =>
        {
            IReadOnlyList<RecordLeaf> leaves = RecordLeaves.Of(bytes);
            return (RunRecord.FromJson(bytes), (Finding[])[.. RecordSeal.Check(RunRecord.FileName, bytes, leaves), .. OutputCheck.Changed(files, leaves, MarginsJson.FileName)]);
        });
        if (edited.Length > 0)
        {
            findings.AddRange(edited.Select(finding => finding with { File = Path.Combine(folder, finding.File) }));
            return null;
        }

        if (record.Outputs.All(output => output.Name != MarginsJson.FileName))
        {
            return needed
                ? throw new CommandRefusedException($"{folder}: a run without a policy has no requirements, expected one whose clearing set has a policy.json, or --attribution")
                : null;
        }

        string file = Path.Combine(folder, MarginsJson.FileName);
        MarginsJson margins = Parsed(files, folder, MarginsJson.FileName, bytes => MarginsJson.FromJson(bytes));
        AccountMargin account = margins.Accounts.FirstOrDefault(row => row.Requirement?.NettingSet == name)
            ?? margins.Accounts.FirstOrDefault(row => row.Account == name)
            ?? throw new CommandRefusedException($"{file}: no account or netting set '{VisibleText.Name(name)}'");
        return account.Requirement is null
            ? throw new CommandRefusedException($"{file}: account '{VisibleText.Name(name)}' shares a requirement with others, expected the name of its netting set, as accounts.csv has it")
            : new ExplainedRun(record.Settings.AsOf, margins.Currency, account);
    }

    static T Parsed<T>(SettledFolder files, string folder, string name, Func<byte[], T> parse)
    {
        string file = Path.Combine(folder, name);
        try
        {
            return parse(files.Read(name));
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandRefusedException($"{file}: not found, expected the folder of a run with a policy");
        }
        catch (JsonException problem)
        {
            throw new CommandRefusedException($"{file}: not what a run writes: {problem.Message}");
        }
    }
}
