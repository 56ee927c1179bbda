using GpuMargin.Cli.Json;
using GpuMargin.Reporting.Records;

namespace GpuMargin.Cli;

/// <summary>How findings about records and their files are told: lines on stderr, and JSON when asked for. Exit code 4.</summary>
static class Findings
{
    internal static int Tell(Terminal terminal, bool json, IReadOnlyList<Finding> findings) =>
        Tell(terminal, json, new FolderCheck([], findings, []));

    internal static int Tell(Terminal terminal, bool json, FolderCheck check)
    {
        foreach (Finding finding in check.Findings)
        {
            terminal.Error.WriteLine(finding);
        }

        if (json)
        {
            JsonOutput.Print(terminal, new VerifyResult(check.Findings.Count == 0, check.Files, check.Findings, check.Unsealed), CliJson.Readable.VerifyResult);
        }

        return check.Findings.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
