using System.CommandLine;
using System.Text.Json;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Cli.Commands;

/// <summary>Checks a folder of outputs by the hashes in its records; computes and writes nothing.</summary>
static class VerifyCommand
{
    internal static Command Create(Terminal terminal, Option<bool> json, CancellationToken cancellation)
    {
        var command = new Command("verify", "Check a record and the files beside it by their hashes; computes and writes nothing");
        var folder = new Argument<string>("OUT") { Description = "Folder that run or calibrate wrote" };
        command.Add(folder);
        command.SetAction(parsed =>
        {
            string given = parsed.GetRequiredValue(folder);
            FolderCheck check = Check(given, cancellation);
            foreach (string record in check.Unsealed)
            {
                terminal.Error.WriteLine($"{record}: layout 1 has no hash of itself; only the files beside it were checked");
            }

            if (check.Findings.Count == 0 && !parsed.GetValue(json))
            {
                terminal.Out.WriteLine($"intact: {string.Join(", ", check.Files)}");
            }

            return Findings.Tell(terminal, parsed.GetValue(json), check);
        });
        return command;
    }

    static FolderCheck Check(string folder, CancellationToken cancellation)
    {
        try
        {
            return FolderCheck.Of(folder, cancellation)
                ?? throw new CommandRefusedException($"{folder}: no {string.Join(" or ", RecordKind.All.Select(kind => kind.Name))}, expected a folder that run or calibrate wrote");
        }
        catch (JsonException problem)
        {
            throw new CommandRefusedException($"{folder}: not a record: {problem.Message}");
        }
    }
}
