using GpuMargin.Tests.Cli;

namespace GpuMargin.Tests.Documentation;

/// <summary>A page of the documentation.</summary>
/// <param name="Name">Path from the repository's root, forward slashes.</param>
sealed record Page(string Name, string Text)
{
    internal static IReadOnlyList<Page> All { get; } =
    [
        .. ((string[])
        [
            "README.md", "CONTRIBUTING.md", .. Markdown("docs"), .. Markdown("samples"),
        ]).Select(Read),
    ];

    internal static TheoryData Names => new(All.Select(page => page.Name));

    internal string Folder => Path.GetDirectoryName(Name)!;

    internal IReadOnlyList<Block> Blocks => Block.In(Text);

    internal static Page Of(string name) => All.Single(page => page.Name == name);

    static Page Read(string name) => new(name, File.ReadAllText(Path.Combine(Repository.Root, name)).ReplaceLineEndings("\n"));

    static IEnumerable<string> Markdown(string folder) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
}

sealed class TheoryData : Xunit.TheoryData<string>
{
    internal TheoryData(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Add(name);
        }
    }
}
