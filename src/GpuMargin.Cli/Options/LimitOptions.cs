using System.CommandLine;
using GpuMargin.ClearingSets;
using GpuMargin.Files.Policy;

namespace GpuMargin.Cli.Options;

/// <summary>The run that margins are compared with, and what of a run's result makes it fail.</summary>
sealed class LimitOptions
{
    const string FailOn = "--fail-on";

    static readonly Vocabulary<Failure> s_failures = new(("call", Failure.Call), ("breach", Failure.Breach));

    readonly Option<string> since = new("--since") { Description = "Folder of an earlier run: shows changes and checks limits of kind change against it", HelpName = "OUT" };

    readonly Option<Failure> failOn = new(FailOn)
    {
        Description = "Exit code 4 when a netting set has a call, or a limit of limits.csv is breached; may be repeated, or both with a comma",
        HelpName = string.Join('|', s_failures.Words),
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = argument =>
        {
            Failure all = default;
            foreach (string word in argument.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                if (s_failures.Find(word) is not { } failure)
                {
                    argument.AddError($"{FailOn}: found '{word}', expected {s_failures.Expected(word)}");
                    return default;
                }

                all |= failure;
            }

            return all;
        },
    };

    internal LimitOptions(Command command)
    {
        command.Add(since);
        command.Add(failOn);
    }

    internal string? Since(ParseResult command) => command.GetValue(since);

    /// <exception cref="CommandRefusedException">The set has nothing that could fail in the way that was asked for.</exception>
    internal Failure Failures(ParseResult command, ClearingSet set)
    {
        Failure asked = command.GetValue(failOn);
        return asked.HasFlag(Failure.Call) && set.Policy is null
            ? throw new CommandRefusedException($"{FailOn}: found 'call', expected a clearing set with policy.json: without it nothing is called")
            : asked.HasFlag(Failure.Breach) && set.Limits.Count == 0
            ? throw new CommandRefusedException($"{FailOn}: found 'breach', expected a clearing set with limits in {LimitReader.FileName}")
            : asked;
    }
}

/// <summary>What makes a run end with exit code 4.</summary>
[Flags]
enum Failure
{
    None = 0,
    Call = 1,
    Breach = 2,
}
