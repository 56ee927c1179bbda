using System.Text.RegularExpressions;

namespace GpuMargin.Tests.Documentation;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">First word after the fence.</param>
/// <param name="Argument">The words after it: the file of a <c>csv</c> or <c>json</c> block, <c>exit=N</c> of a <c>console</c> block, <c>output</c> of a <c>text</c> block.</param>
/// <param name="Start">Place of <paramref name="Text"/> in the page.</param>
sealed partial record Block(string Language, string Argument, string Text, int Start)
{
    internal static IReadOnlyList<Block> In(string page) =>
    [
        .. from Match fence in Fence().Matches(page)
           select new Block(fence.Groups["language"].Value, fence.Groups["argument"].Value, fence.Groups["text"].Value, fence.Groups["text"].Index),
    ];

    /// <summary>The page without its fenced blocks.</summary>
    internal static string Prose(string page) => Fence().Replace(page, "");

    [GeneratedRegex(@"^```(?<language>[^\s`]*)[ ]?(?<argument>[^\n`]*)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
