using System.CommandLine;
using System.CommandLine.Parsing;

namespace GpuMargin.Cli;

/// <summary>Refusal of options and arguments without a character: an empty path would mean the current folder or nothing.</summary>
static class EmptyValue
{
    /// <returns>What is wrong; <see langword="null"/>: nothing.</returns>
    internal static string? In(ParseResult command) => command.CommandResult.Children
        .Where(value => value.Tokens.Any(token => token.Value.Length == 0))
        .Select(value => value switch
        {
            OptionResult option => $"{option.Option.Name}: found '', expected {option.Option.HelpName ?? "a value"}",
            ArgumentResult argument => $"{argument.Argument.Name}: found '', expected a value",
            _ => null,
        })
        .FirstOrDefault(message => message is not null);
}
