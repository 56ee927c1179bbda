using System.Text.RegularExpressions;
using Xunit;

namespace GpuMargin.Tests.Architecture;

/// <summary>The folders of the library are stages in the order the data takes; each uses only what stands before it.</summary>
public sealed class StageOrderTests
{
    static readonly string[] Stages =
    [
        "Numerics", "ClearingSets", "Files", "Calibration", "Scenarios", "Revaluation", "Aggregation", "Backends", "RiskMeasures", "Margin", "Studies", "Reporting",
    ];

    [Fact]
    public void Every_folder_of_the_library_is_a_stage()
    {
        string library = Path.Combine(SourceTree.Root, "src", "GpuMargin");
        string[] folders = [.. Directory.GetDirectories(library).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj"))];
        Assert.Empty(folders.Except(Stages));
        Assert.True(folders.Length >= 8, $"Only {folders.Length} stages were found.");
    }

    [Fact]
    public void A_stage_uses_earlier_stages_only()
    {
        List<string> found = [];
        foreach ((string file, string code) in Files())
        {
            found.AddRange(LaterStages(Stage(file), code).Select(later => $"{file} uses {later}"));
        }

        Assert.Empty(found);
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        foreach ((string file, string code) in Files())
        {
            string expected = "GpuMargin." + Path.GetDirectoryName(file)!.Replace('\\', '.').Replace('/', '.');
            Assert.Contains($"namespace {expected};", code, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("using GpuMargin.Backends;")]
    [InlineData("using GpuMargin.Backends.Cpu;")]
    [InlineData("using static GpuMargin.Reporting.MarginsCsv;")]
    [InlineData("var x = RiskMeasures.TailLength.Of(3);")]
    [InlineData("Backends.IBackend backend;")]
    [InlineData("var r = MarginCalculator.Calculate(set);")]
    public void A_use_of_a_later_stage_is_found(string code) => Assert.NotEmpty(LaterStages("Scenarios", code));

    [Theory]
    [InlineData("using GpuMargin.ClearingSets;")]
    [InlineData("using GpuMargin.Kernels.Lanes;")]
    [InlineData("plan.Backends.Select(b => b);")]
    public void A_use_of_an_earlier_one_is_not(string code) => Assert.Empty(LaterStages("Scenarios", code));

    static IEnumerable<KeyValuePair<string, string>> Files() =>
        SourceTree.Code("src/GpuMargin").Where(source => source.Key.Contains('/', StringComparison.Ordinal));

    static string Stage(string file) => file[..file.IndexOf('/', StringComparison.Ordinal)];

    // The pipeline stands after all stages.
    static IEnumerable<string> LaterStages(string stage, string code) =>
        Stages[(Array.IndexOf(Stages, stage) + 1)..]
            .Where(later => Regex.IsMatch(code, $@"\bGpuMargin\.{later}\b|(?<![.\w]){later}\.[A-Z]\w*[\s.(<]"))
            .Concat(Regex.IsMatch(code, @"\bMarginCalculator\b") ? ["MarginCalculator"] : []);
}
