using System.Text;
using GpuMargin.Tests.Cli;

namespace GpuMargin.Tests.Documentation;

/// <summary>A page gone through from top to bottom in a folder of its own: files written, commands and programs run.</summary>
/// <param name="Output">All that was printed.</param>
/// <param name="Differences">Where what was printed is not what the page shows.</param>
sealed record PageRun(string Folder, string Output, IReadOnlyList<string> Differences)
{
    /// <summary>Set to 1: what was printed is written into the pages.</summary>
    const string UpdateVariable = "GPUMARGIN_UPDATE_DOCS";

    internal static PageRun Of(Page page, string folder)
    {
        StringBuilder output = new(), updated = new();
        List<string> differences = [];
        string printed = "";
        int copied = 0;
        foreach (Block block in page.Blocks)
        {
            string now = block.Text;
            switch (block.Language)
            {
                case "csv" or "json" when block.Argument.Length > 0:
                    string file = Path.Combine(folder, block.Argument);
                    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                    File.WriteAllText(file, block.Text);
                    break;
                case "console":
                    now = string.Concat(ConsoleExample.In(block).Select(example => Shown(example, folder, block.Argument, output, differences)));
                    break;
                case "csharp":
                    printed = ExampleProgram.Run(block.Text, folder);
                    output.Append(printed);
                    break;
                case "text" when block.Argument == "output":
                    now = printed;
                    Compare("the program above", block.Text, printed, new ConsoleExample("", block.Text).Matches(printed), differences);
                    break;
            }

            updated.Append(page.Text, copied, block.Start - copied).Append(now);
            copied = block.Start + block.Text.Length;
        }

        updated.Append(page.Text, copied, page.Text.Length - copied);
        if (differences.Count > 0 && Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, page.Name), updated.ToString());
        }

        return new PageRun(folder, output.ToString(), differences);
    }

    static string Shown(ConsoleExample example, string folder, string argument, StringBuilder output, List<string> differences)
    {
        int expected = argument.Length == 0 ? 0 : int.Parse(argument["exit=".Length..], System.Globalization.CultureInfo.InvariantCulture);
        (int code, string printed) = example.Run(folder);
        output.Append(printed);
        bool same = example.Matches(printed);
        if (code != expected)
        {
            differences.Add($"{example.Command}\nended with {code}, expected {expected}:\n{printed}");
        }

        Compare(example.Command, example.Output, printed, same, differences);
        return $"$ {example.Command}\n{(same ? example.Output : printed.ReplaceLineEndings("\n"))}";
    }

    static void Compare(string what, string expected, string printed, bool same, List<string> differences)
    {
        if (!same)
        {
            differences.Add($"{what}\nprinted:\n{printed}\nthe page shows:\n{expected}");
        }
    }
}
