using System.Text.RegularExpressions;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Documentation;

/// <summary>Links between pages, and the length of the first one.</summary>
public sealed partial class LinkTests
{
    const int LongestReadme = 200;

    public static Xunit.TheoryData<string> Pages => Page.Names;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Relative_links_lead_to_a_file_and_its_heading(string name)
    {
        Page page = Page.Of(name);
        foreach (Match link in Link().Matches(Block.Prose(page.Text)))
        {
            string[] target = link.Groups["target"].Value.Split('#', 2);
            string path = target[0].Length == 0 ? name : Path.Combine(page.Folder, target[0]);
            string file = Path.Combine(Repository.Root, path);
            Assert.True(File.Exists(file) || Directory.Exists(file), $"{name}: {link.Value} leads nowhere");
            if (target.Length == 2)
            {
                Assert.Contains(target[1], Anchors(File.ReadAllText(file)));
            }
        }
    }

    [Fact]
    public void Every_page_is_reached_from_the_readme()
    {
        string readme = Page.Of("README.md").Text;

        Assert.All(Page.All.Where(page => page.Name != "README.md"), page => Assert.Contains($"]({page.Name}", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_is_short() =>
        Assert.InRange(Page.Of("README.md").Text.Count(character => character == '\n'), 1, LongestReadme);

    // As GitHub makes them.
    static IEnumerable<string> Anchors(string text) =>
        Heading().Matches(text.ReplaceLineEndings("\n")).Select(heading =>
            NotInAnchor().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!https?:|mailto:)(?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
