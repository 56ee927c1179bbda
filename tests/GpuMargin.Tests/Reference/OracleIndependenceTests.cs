using System.Text.RegularExpressions;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using Xunit;

namespace GpuMargin.Tests.Reference;

/// <summary>The oracle shares no code with what it checks: of the product its sources may name the plain data types of a clearing set and the terms of components, and nothing else.</summary>
public sealed partial class OracleIndependenceTests
{
    static readonly string[] s_plainData =
    [
        nameof(ClearingSet), nameof(PositionTable), nameof(Instrument), nameof(InstrumentType), nameof(OptionRight),
        nameof(RiskFactor), nameof(RiskFactorKind), nameof(VolatilityProcess), nameof(MarginalFamily),
        nameof(RunSettings), nameof(Copula), nameof(CopulaFamily), nameof(FxRate), nameof(Ageing), nameof(ZeroCurve), nameof(CurveNode),
        nameof(VolatilitySurface), nameof(Smile), nameof(SurfacePivot), nameof(SurfaceCoordinate),
    ];

    [Fact]
    public void The_oracle_names_nothing_of_the_product_but_plain_data()
    {
        string root = RepositoryRoot();
        string tests = Path.Combine(root, "tests", "GpuMargin.Tests");
        string[] stages = [.. Directory.GetDirectories(Path.Combine(root, "src", "GpuMargin")).Select(d => Path.GetFileName(d)!).Except(["ClearingSets", "bin", "obj"]), "Kernels", "Ilgpu", "Cli"];
        string[] otherTypes = [.. new[] { typeof(ClearingSet).Assembly, typeof(OracleIndependenceTests).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t.Namespace is "GpuMargin" or "GpuMargin.ClearingSets" or "GpuMargin.Tests" && !t.IsNested) // in sight without a using
            .Select(t => t.Name.Split('`')[0]).Except(s_plainData)
            .Concat(typeof(ComponentTerms).Assembly.GetTypes()
                .Where(t => t.Namespace == "GpuMargin.Margin.Components" && !t.IsNested && !t.IsEnum && !t.IsSubclassOf(typeof(ComponentTerms)))
                .Select(t => t.Name.Split('`')[0]))];
        Assert.Contains("MarginCalculator", otherTypes);
        Assert.Contains("GridMargin", otherTypes);
        Assert.Contains("Backends", stages);

        string[] files = Directory.GetFiles(Path.Combine(tests, "Reference"), "*.cs");
        Assert.True(files.Length > 15, $"Only {files.Length} sources were found.");
        foreach (string file in files)
        {
            Assert.Equal([], Trespasses(File.ReadAllText(file), stages, otherTypes).Select(found => $"{Path.GetFileName(file)}: {found}"));
        }

        foreach (string file in Directory.GetFiles(tests, "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match match in Usings().Matches(CommentsAndText().Replace(File.ReadAllText(file), "")))
            {
                Assert.False(match.Value.Contains("global ") && !AllowedUsing().IsMatch(match.Groups["name"].Value), $"{file}: {match.Value}");
            }
        }
    }

    [Theory]
    [InlineData("using GpuMargin.RiskMeasures;")]
    [InlineData("using static GpuMargin.Kernels.Normal;")]
    [InlineData("using K = GpuMargin.Kernels;")]
    [InlineData("double x = Kernels.Normal.Cdf(1);")]
    [InlineData("double x = GpuMargin.Backends.Engine.Run();")]
    [InlineData("double x = global::GpuMargin.MarginCalculator.Calculate(set);")]
    [InlineData("var report = MarginCalculator.Calculate(set, backend);")]
    public void A_trespass_is_found(string source) =>
        Assert.NotEmpty(Trespasses(source, ["RiskMeasures", "Backends", "Kernels"], ["MarginCalculator"]));

    static IEnumerable<string> Trespasses(string source, string[] stages, string[] otherTypes)
    {
        string code = CommentsAndText().Replace(source, "");
        foreach (Match match in Usings().Matches(code))
        {
            if (!AllowedUsing().IsMatch(match.Groups["name"].Value))
            {
                yield return match.Value;
            }
        }

        code = Usings().Replace(code, "");
        foreach (Match match in Identifiers().Matches(NamespaceLine().Replace(code, "")))
        {
            bool member = match.Index > 0 && match.Groups["before"].Value == ".";
            string word = match.Groups["word"].Value;
            bool qualifies = match.Groups["after"].Value == ".";
            if (word == "GpuMargin" || (!member && qualifies && (stages.Contains(word))) || (!member && otherTypes.Contains(word)))
            {
                yield return word;
            }
        }
    }

    static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "GpuMargin.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above the tests holds GpuMargin.sln.");
    }

    [GeneratedRegex("//[^\n]*|\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex CommentsAndText();

    [GeneratedRegex(@"^\s*(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?(?<name>[\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"^(System|MathNet\.Numerics|Xunit|GpuMargin\.ClearingSets|GpuMargin\.Margin\.Components)(\.|$)")]
    private static partial Regex AllowedUsing();

    [GeneratedRegex(@"^namespace GpuMargin\.Tests\.Reference;", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"(?<before>\.?)\b(?<word>[A-Z]\w*)\b(?=(?<after>\.?))")]
    private static partial Regex Identifiers();
}
