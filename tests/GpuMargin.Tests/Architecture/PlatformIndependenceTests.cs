using System.Text.RegularExpressions;
using Xunit;

namespace GpuMargin.Tests.Architecture;

/// <summary>What feeds the engine uses no function whose bits differ by platform.</summary>
public sealed partial class PlatformIndependenceTests
{
    static readonly string[] Feeding = ["Scenarios", "Revaluation", "Aggregation", "Backends"];

    [Fact]
    public void Stages_that_feed_the_engine_call_exactly_rounded_functions_only()
    {
        foreach (string stage in Feeding)
        {
            IReadOnlyDictionary<string, string> sources = SourceTree.Code("src/GpuMargin/" + stage);
            Assert.NotEmpty(sources);
            foreach ((string file, string code) in sources)
            {
                Assert.Equal([], PlatformFunctions().Matches(code).Select(match => $"{stage}/{file}: {match.Value}"));
            }
        }
    }

    [Fact]
    public void MathNet_only_takes_eigenvalues_there()
    {
        // Its eigenvalues take square roots and the four operations; its special functions take the C library's.
        string[] users = [.. Feeding.SelectMany(stage => SourceTree.Code("src/GpuMargin/" + stage)
            .Where(source => source.Value.Contains("MathNet", StringComparison.Ordinal)).Select(source => source.Key))];
        Assert.Equal(["PrincipalComponents.cs", "TriangularFactor.cs"], users.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["using MathNet.Numerics.LinearAlgebra", "using MathNet.Numerics.LinearAlgebra.Factorization"],
            users.SelectMany(user => Regex.Matches(SourceTree.Code("src/GpuMargin/Scenarios")[user], @"using MathNet[\w.]*")).Select(m => m.Value)
                .Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Math.Exp(x)")]
    [InlineData("Math.Log1p(x)")]
    [InlineData("MathF.Tanh(x)")]
    [InlineData("double.Pow(x, 2)")]
    [InlineData("using static System.Math;")]
    public void A_function_of_the_platform_is_found(string code) => Assert.Matches(PlatformFunctions(), code);

    [Theory]
    [InlineData("Math.Sqrt(x) + Math.Max(x, 0)")]
    [InlineData("HostMath.Exp(x)")]
    [InlineData("Elementary.Log(x)")]
    [InlineData("double.IsFinite(x)")]
    public void An_exactly_rounded_one_is_not(string code) => Assert.DoesNotMatch(PlatformFunctions(), code);

    [Fact]
    public void The_oracle_uses_none_of_what_it_checks()
    {
        IReadOnlyDictionary<string, string> sources = SourceTree.Code("tests/GpuMargin.Tests/Reference");
        Assert.True(sources.Count > 15, $"Only {sources.Count} sources were found.");
        foreach ((string file, string code) in sources)
        {
            Assert.False(Regex.IsMatch(code, @"\bGpuMargin\.(Kernels|Scenarios|Revaluation|Aggregation|Backends)\b"), file);
        }
    }

    [GeneratedRegex(@"\b(Math|MathF)\.(?!(Abs|Max|Min|Sqrt|FusedMultiplyAdd|Clamp|PI|Sign|Ceiling|Floor|DivRem|BigMul|BitIncrement|BitDecrement)\b)\w+|\b(double|float|Double|Single)\.(Exp|Log|Pow|Sin|Cos|Tan|Asin|Acos|Atan|Sinh|Cosh|Cbrt|Hypot|RootN)\w*|using static System\.Math")]
    private static partial Regex PlatformFunctions();
}
