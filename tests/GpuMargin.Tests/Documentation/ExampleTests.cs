using Xunit;

namespace GpuMargin.Tests.Documentation;

/// <summary>What the documentation shows is what the program and the library do.</summary>
public sealed class ExampleTests(PageRuns runs) : IClassFixture<PageRuns>
{
    // Not run: sh installs, builds and tests; mermaid is a picture.
    static readonly string[] s_languages = ["console", "csharp", "csv", "json", "text", "sh", "xml", "mermaid"];

    public static Xunit.TheoryData<string> Pages => Page.Names;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_print_what_the_page_shows(string page) => Assert.Empty(runs.Of(page).Differences);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Numbers_in_the_text_are_those_of_the_examples(string page) =>
        Assert.Empty(AmountCheck.Unfounded(Page.Of(page), runs.Of(page)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_is_of_a_kind_that_is_run_or_needs_no_run(string page)
    {
        foreach (Block block in Page.Of(page).Blocks)
        {
            Assert.Contains(block.Language, s_languages);
            if (block.Language == "sh")
            {
                Assert.DoesNotContain(block.Text.Split('\n'), line => line.StartsWith("gpumargin", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_readme_begins_with_the_main_job_and_the_tests()
    {
        Page readme = Page.Of("README.md");

        Assert.Equal(
            "dotnet run -c Release --project src/GpuMargin.Cli -- run samples/dow30",
            ConsoleExample.In(readme.Blocks.First(block => block.Language == "console"))[0].Command);
        Assert.Contains(readme.Blocks, block => block is { Language: "sh", Text: "dotnet test -c Release\n" });
    }
}
