using System.CommandLine;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Json;

namespace GpuMargin.Cli;

/// <summary>How a refusal is told: lines for people on stderr, and the same as JSON on stdout when asked for. Exit code 2.</summary>
static class Refusals
{
    internal static int Input(Terminal terminal, bool json, IReadOnlyList<Fault> faults)
    {
        foreach (string line in RefusalReport.Lines(faults))
        {
            terminal.Error.WriteLine(line);
        }

        if (json)
        {
            Print(terminal, [.. faults.Select(fault =>
                new RefusedFault(fault.ToString(), fault.File, fault.Line, fault.Column, fault.Found, fault.Expected))]);
        }

        return ExitCode.Refused;
    }

    internal static int Message(Terminal terminal, bool json, params string[] messages)
    {
        foreach (string message in messages)
        {
            terminal.Error.WriteLine($"gpumargin: {message}");
        }

        if (json)
        {
            Print(terminal, [.. messages.Select(message => new RefusedFault(VisibleText.Message(message)))]);
        }

        return ExitCode.Refused;
    }

    internal static int CommandLine(Terminal terminal, bool json, ParseResult command)
    {
        string[] messages = Messages(command);
        foreach (string message in messages)
        {
            terminal.Error.WriteLine($"gpumargin: {message}");
        }

        string name = command.CommandResult.Command is RootCommand ? "" : $"{command.CommandResult.Command.Name} ";
        foreach (string typo in command.UnmatchedTokens)
        {
            if (NearestName.Of(typo, Names(command)) is { } nearest)
            {
                terminal.Error.WriteLine($"'{VisibleText.Name(typo)}': did you mean '{nearest}'?");
            }
        }

        terminal.Error.WriteLine($"'gpumargin {name}--help' lists what there is.");
        if (json)
        {
            Print(terminal, [.. messages.Select(message => new RefusedFault(VisibleText.Message(message)))]);
        }

        return ExitCode.Refused;
    }

    // A mistyped command is told as such, not also as a missing one.
    static string[] Messages(ParseResult command)
    {
        string[] all = [.. command.Errors.Select(error => error.Message).Distinct()];
        return command.UnmatchedTokens.Count == 0
            ? all
            : [.. all.Where(message => command.UnmatchedTokens.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal))
                || message.StartsWith("--", StringComparison.Ordinal))];
    }

    static IEnumerable<string> Names(ParseResult command) => command.CommandResult.Command.Children
        .Where(symbol => symbol is Command or Option)
        .Select(symbol => symbol.Name);

    static void Print(Terminal terminal, RefusedFault[] faults) =>
        JsonOutput.Print(terminal, new Refusal(faults), CliJson.Readable.Refusal);
}
