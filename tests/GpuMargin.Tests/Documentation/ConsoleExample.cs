using System.Text.RegularExpressions;
using GpuMargin.Tests.Cli;

namespace GpuMargin.Tests.Documentation;

/// <summary>One command of a <c>console</c> block and what the page says that it prints.</summary>
sealed partial record ConsoleExample(string Command, string Output)
{
    const string Prompt = "$ ";
    const string FromSource = "dotnet run -c Release --project src/GpuMargin.Cli -- ";
    const string Installed = "gpumargin ";
    const string Print = "cat ";

    internal static IReadOnlyList<ConsoleExample> In(Block block) =>
    [
        .. from part in CommandLine().Split(block.Text)
           where part.Length > 0
           let lines = part.Split('\n', 2)
           select new ConsoleExample(lines[0][Prompt.Length..], lines[1]),
    ];

    /// <returns>The exit code and what a terminal shows.</returns>
    internal (int Code, string Output) Run(string folder)
    {
        if (Command.StartsWith(Print, StringComparison.Ordinal))
        {
            return (0, File.ReadAllText(Path.Combine(folder, Command[Print.Length..])));
        }

        string arguments = Command.StartsWith(FromSource, StringComparison.Ordinal) ? Command[FromSource.Length..]
            : Command.StartsWith(Installed, StringComparison.Ordinal) ? Command[Installed.Length..]
            : throw new InvalidOperationException($"'{Command}' is no command that the documentation may show: gpumargin or cat.");
        Invocation run = Invocation.OfProcess(folder, [.. Argument().Matches(arguments).Select(word => word.Value.Trim('"'))]);
        return (run.Code, run.Error + run.Output);
    }

    /// <summary>Whether the output is the expected one, seconds at the end of a line aside.</summary>
    internal bool Matches(string output) => Comparable(output) == Comparable(Output);

    static string Comparable(string output) => Seconds().Replace(output.ReplaceLineEndings("\n").TrimEnd('\n'), "some seconds");

    [GeneratedRegex(@"^(?=\$ )", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Argument();

    [GeneratedRegex(@"\d+\.\d\d s$", RegexOptions.Multiline)]
    private static partial Regex Seconds();
}
