using System.Text.RegularExpressions;
using Xunit;

namespace GpuMargin.Tests.Architecture;

/// <summary>One project knows ILGPU, so that a build without it loses one project's backends and nothing else.</summary>
public sealed class IlgpuReferenceTests
{
    const string Owner = "GpuMargin.Ilgpu";

    [Fact]
    public void Only_one_project_references_the_packages()
    {
        string[] users = [.. ((string[])["src", "kernels", "benchmarks", "tests"])
            .SelectMany(top => Directory.GetFiles(Path.Combine(SourceTree.Root, top), "*.csproj", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Where(file => File.ReadAllText(file).Contains("PackageReference Include=\"ILGPU", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)!)];
        Assert.Equal([Owner], users);
    }

    [Theory]
    [InlineData("src/GpuMargin")]
    [InlineData("src/GpuMargin.Cli")]
    [InlineData("kernels/GpuMargin.Kernels")]
    public void No_other_part_of_the_product_uses_it(string folder)
    {
        IReadOnlyDictionary<string, string> sources = SourceTree.Code(folder);
        Assert.NotEmpty(sources);
        foreach ((string file, string code) in sources)
        {
            Assert.Equal([], Regex.Matches(code, @"\bILGPU\b[.;]").Select(match => $"{file}: {match.Value}"));
        }
    }

    [Fact]
    public void No_source_asks_whether_it_is_there()
    {
        // What needs ILGPU is left out file by file; two variants of a line would be compiled by different builds only.
        foreach (string folder in (string[])["src", "kernels"])
        {
            foreach ((string file, string code) in SourceTree.Code(folder).Where(source => !source.Key.Contains("/obj/", StringComparison.Ordinal)))
            {
                Assert.False(Regex.IsMatch(code, @"^\s*#if\s+.*\bILGPU\b", RegexOptions.Multiline), file);
            }
        }
    }
}
