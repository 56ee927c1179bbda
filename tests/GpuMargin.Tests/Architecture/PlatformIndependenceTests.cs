using GpuMargin.Tests.Architecture.Metadata;
using Xunit;

namespace GpuMargin.Tests.Architecture;

/// <summary>What feeds the engine uses no function whose bits differ by platform; what calibration alone uses may. Read from compiled metadata.</summary>
public sealed class PlatformIndependenceTests
{
    /// <summary>Numerics that may call the platform's exponentials and logarithms.</summary>
    const string Estimation = "GpuMargin.Numerics.Estimation";

    static readonly string[] s_feeding = ["Numerics", "Scenarios", "Revaluation", "Aggregation", "Backends"];

    static readonly HashSet<string> s_exactlyRounded =
    [
        "Abs", "Max", "Min", "Sqrt", "FusedMultiplyAdd", "Clamp", "Sign", "Ceiling", "Floor", "DivRem", "BigMul", "BitIncrement", "BitDecrement",
    ];

    static readonly string[] s_transcendental = ["Exp", "Log", "Pow", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Tanh", "Cbrt", "Hypot", "RootN", "ReciprocalEstimate", "ReciprocalSqrtEstimate"];

    static readonly IReadOnlyCollection<TypeUse> s_library = CompiledTypes.Uses(typeof(MarginCalculator).Assembly.Location);

    static readonly TypeUse[] s_feedingUses =
        [.. s_library.Where(use => use.User.Namespace != Estimation && s_feeding.Any(layer => Within(use.User.Namespace, "GpuMargin." + layer)))];

    [Fact]
    public void What_feeds_the_engine_calls_exactly_rounded_functions_only() =>
        Assert.Empty(s_feedingUses.Where(use => OfPlatform(use.Used.ToString(), use.Member)).Select(use => $"{use.User}: {use.Used}.{use.Member}"));

    [Theory]
    [InlineData("Numerics", "DenseRows")]
    [InlineData("Scenarios", "ScenarioPlanner")]
    [InlineData("Revaluation", "InstrumentPlanner")]
    [InlineData("Aggregation", "PositionRows")]
    [InlineData("Backends.Cpu", "Worker")]
    public void Every_layer_that_feeds_it_was_read(string layer, string type) =>
        Assert.Contains(s_feedingUses, use => use.User == new TypeName("GpuMargin." + layer, type));

    [Fact]
    public void MathNet_only_solves_for_the_steps_of_a_repair_there()
    {
        // Its vectors and least squares take square roots and the four operations; its special functions take the C library's.
        TypeUse[] uses = [.. s_feedingUses.Where(use => use.Used.Namespace.StartsWith("MathNet", StringComparison.Ordinal))];
        Assert.Contains(uses, use => use.User.Name == "AndersonAcceleration");
        Assert.Equal(
            ["MathNet.Numerics.LinearAlgebra", "MathNet.Numerics.LinearAlgebra.Factorization"],
            uses.Select(use => use.Used.Namespace).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_feeds_the_engine_uses_no_numerics_of_estimation()
    {
        Assert.DoesNotContain(s_feedingUses, use => use.Used.Namespace == Estimation);
        Assert.Contains(s_library, use => use.Used.Namespace == Estimation);
    }

    [Theory]
    [InlineData("System.Math", "Exp")]
    [InlineData("System.Math", "Log1p")]
    [InlineData("System.MathF", "Tanh")]
    [InlineData("System.Double", "Pow")]
    [InlineData("System.Numerics.IExponentialFunctions", "Exp")]
    [InlineData("System.Numerics.Tensors.TensorPrimitives", "Exp")]
    public void A_function_of_the_platform_is_found(string type, string member) => Assert.True(OfPlatform(type, member));

    [Theory]
    [InlineData("System.Math", "Sqrt")]
    [InlineData("System.Double", "IsFinite")]
    [InlineData("System.Numerics.BitOperations", "Log2")]
    [InlineData("GpuMargin.Numerics.HostMath", "Exp")]
    [InlineData("GpuMargin.Kernels.Elementary", "Log")]
    public void An_exactly_rounded_one_is_not(string type, string member) => Assert.False(OfPlatform(type, member));

    [Fact]
    public void The_oracle_uses_none_of_what_it_checks()
    {
        TypeUse[] uses = [.. CompiledTypes.Uses(typeof(PlatformIndependenceTests).Assembly.Location)
            .Where(use => use.User.Namespace == "GpuMargin.Tests.Reference")];
        Assert.True(uses.Select(use => use.User).Distinct().Count() > 15);
        Assert.Empty(uses.Where(use => ((string[])["Kernels", .. s_feeding]).Any(layer => Within(use.Used.Namespace, "GpuMargin." + layer)))
            .Select(use => $"{use.User} uses {use.Used}"));
    }

    static bool OfPlatform(string type, string? member) => type switch
    {
        "System.Math" or "System.MathF" => member is not null && !s_exactlyRounded.Contains(member),
        "System.Double" or "System.Single" or "System.Half" => s_transcendental.Any(name => member?.StartsWith(name, StringComparison.Ordinal) ?? false),
        _ => type.StartsWith("System.Numerics.I", StringComparison.Ordinal) && type.EndsWith("Functions", StringComparison.Ordinal)
            || type.StartsWith("System.Numerics.Tensors.", StringComparison.Ordinal),
    };

    static bool Within(string space, string layer) => space == layer || space.StartsWith(layer + ".", StringComparison.Ordinal);
}
