using System.Text.RegularExpressions;

namespace GpuMargin.Tests.Architecture;

/// <summary>The repository's own sources, as text.</summary>
static partial class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Sources below a folder, by path relative to it, without comments and string contents.</summary>
    public static IReadOnlyDictionary<string, string> Code(string folder)
    {
        string path = Path.Combine(Root, folder);
        return Directory.GetFiles(path, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal))
            .ToDictionary(file => file, file => Strip(File.ReadAllText(Path.Combine(path, file))));
    }

    /// <summary>Source without comments; string literals become "".</summary>
    public static string Strip(string source) => CommentsAndText().Replace(source, match => match.Value[0] == '"' ? "\"\"" : "");

    static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "GpuMargin.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above the tests holds GpuMargin.sln.");
    }

    [GeneratedRegex("//[^\n]*|/\\*.*?\\*/|\"(?:[^\"\\\\\n]|\\\\.)*\"", RegexOptions.Singleline)]
    private static partial Regex CommentsAndText();
}
