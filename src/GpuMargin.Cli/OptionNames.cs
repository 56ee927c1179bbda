using System.Text.RegularExpressions;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli;

/// <summary>The library's settings under the names of the program's options.</summary>
static partial class OptionNames
{
    const string CommandLine = "command line";

    internal static Fault Of(Fault fault)
    {
        string expected = Mentions().Replace(fault.Expected, mention => Option(mention.Groups["setting"].Value));
        return fault.File == Fault.Settings && fault.Column is { } setting
            ? fault with { File = CommandLine, Column = Option(setting), Expected = expected }
            : fault with { Expected = expected };
    }

    // TargetError is --target-error.
    static string Option(string setting) => setting switch
    {
        nameof(RunSettings.HorizonDays) => "--horizon",
        nameof(SyntheticOptions.PositionsPerAccount) => "--positions",
        _ => "-" + Capitals().Replace(setting, "-$0").ToLowerInvariant(),
    };

    [GeneratedRegex(@"\bsettings\.(?<setting>[A-Z]\w*)")]
    private static partial Regex Mentions();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capitals();
}
