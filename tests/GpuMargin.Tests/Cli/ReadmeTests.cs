using System.Text.RegularExpressions;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>What README.md shows is what the program prints.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    const string Prompt = "$ dotnet run -c Release --project src/GpuMargin.Cli -- ";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commands_of_the_readme_print_what_it_shows()
    {
        string root = Repository.Root;
        foreach (string file in Directory.GetFiles(Path.Combine(root, "samples"), "*", SearchOption.AllDirectories))
        {
            string copy = _folder[Path.GetRelativePath(root, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        (string Command, string Output)[] examples = [.. Examples(File.ReadAllText(Path.Combine(root, "README.md")))];

        Assert.Equal(
            [
                "run samples/dow30", "replay samples/dow30/out",
                "run samples/dow30-cleared/2000-12-29 --quiet", "run samples/dow30-cleared/2001-01-02 --quiet",
                "explain samples/dow30-cleared/2001-01-02/out CALENDARS-04 --since samples/dow30-cleared/2000-12-29/out",
                "calibrate samples/dow30/history.csv --out calibrated",
                "roll samples/dow30 --policy samples/dow30-cleared/2001-01-02 --from 2000-12-26 --to 2001-01-02 --scenarios 1000",
            ],
            examples.Select(example => example.Command));
        foreach ((string command, string output) in examples)
        {
            Invocation run = Invocation.OfProcess(_folder.Path, command.Split(' '));
            Assert.Equal(ExitCode.Done, run.Code);
            Assert.Equal(WithoutSeconds(output), WithoutSeconds(run.Error + run.Output)); // as a terminal shows them
        }
    }

    /// <summary>The run's own seconds, at the end of its last line, are the only part that may differ.</summary>
    static string WithoutSeconds(string output) => Seconds().Replace(output.ReplaceLineEndings("\n").TrimEnd('\n'), "some seconds");

    [GeneratedRegex(@"\d+\.\d\d s\z")]
    private static partial Regex Seconds();

    static IEnumerable<(string Command, string Output)> Examples(string readme) =>
        from Match block in Console().Matches(readme.ReplaceLineEndings("\n"))
        let lines = block.Groups["text"].Value.Split('\n', 2)
        select (lines[0][Prompt.Length..], lines.ElementAtOrDefault(1) ?? "");

    [GeneratedRegex(@"^```console\n(?<text>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Console();
}
