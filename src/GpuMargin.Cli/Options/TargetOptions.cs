using System.CommandLine;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Options;

/// <summary>How narrow every account's interval is to be, and when to give up.</summary>
sealed class TargetOptions
{
    readonly Option<decimal?> error = ValueOptions.Number<decimal>(
        "--target-error", "E", "Add scenarios until every account's 95 % interval of ES is within ±E of it; exit code 4 when one is not",
        "a relative error above 0 and below 1, such as 0.01");

    readonly Option<int?> most = ValueOptions.Number<int>(
        "--max-scenarios", "N", Text.Invariant($"Give up at so many scenarios ({RunSettings.DefaultMaxScenarios} when left out)"), "a whole number");

    internal TargetOptions(Command command)
    {
        command.Add(error);
        command.Add(most);
    }

    internal RunOverrides Over(RunOverrides overrides, ParseResult command) => overrides with
    {
        TargetError = command.GetValue(error),
        MaxScenarios = command.GetValue(most),
    };
}
