using System.Reflection;
using System.Runtime.Intrinsics;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using Xunit;

namespace GpuMargin.Tests.Kernels;

/// <summary>A scenario's bits do not depend on the width of the lane that carried it.</summary>
public sealed class LaneBitsTests
{
    const int Count = 1 << 16;

    static readonly Dictionary<string, Action<Func<bool, double[][]>>> s_comparisons = new()
    {
        [nameof(Elementary.Exp)] = Compare<ExpFunction>,
        [nameof(Elementary.Expm1)] = Compare<Expm1Function>,
        [nameof(Elementary.Log)] = Compare<LogFunction>,
        [nameof(NormalDistribution.Density)] = Compare<DensityFunction>,
        [nameof(NormalDistribution.Cumulative)] = Compare<CumulativeFunction>,
        [nameof(NormalDistribution.LowerQuantile)] = Compare<LowerQuantileFunction>,
        [nameof(NormalVariate.FromWord)] = Compare<FromWordFunction>,
        [nameof(GarchStep)] = Compare<GarchStepFunction>,
        [nameof(OptionChange)] = Compare<OptionChangeFunction>,
        [nameof(DeltaOneChange)] = Compare<DeltaOneChangeFunction>,
        [nameof(PositionSum)] = Compare<PositionSumFunction>,
        ["Arithmetic"] = Compare<ArithmeticFunction>,
        ["Exponents"] = Compare<ExponentFunction>,
    };

    public static TheoryData<string> Functions => [.. s_comparisons.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_position_of_every_lane_has_the_scalar_lanes_bits(string function) =>
        s_comparisons[function](single => LaneInputs.Of(function, single, Count));

    [Fact]
    public void Every_lane_there_is_was_compared_where_the_processor_has_it()
    {
        Type[] lanes = [.. typeof(ILane<>).Assembly.GetTypes().Where(t => t.IsValueType && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IHostLane<>)))];
        Assert.Equal(
            [typeof(Float32), typeof(Float32x16), typeof(Float32x8), typeof(Float64), typeof(Float64x4), typeof(Float64x8)],
            lanes.OrderBy(t => t.Name, StringComparer.Ordinal));
        foreach (Type lane in lanes)
        {
            if (lane.GetProperty("IsSupported", BindingFlags.Public | BindingFlags.Static) is { } supported)
            {
                Assert.Equal(
                    lane.Name is nameof(Float32x16) or nameof(Float64x8) ? Vector512.IsHardwareAccelerated : Vector256.IsHardwareAccelerated,
                    supported.GetValue(null));
            }
        }
    }

    static void Compare<TFunction>(Func<bool, double[][]> inputs)
        where TFunction : struct, ILaneFunction
    {
        double[][] single = inputs(true);
        ulong[] expected = LaneEvaluation.Bits<Float32, TFunction>(single);
        if (Float32x8.IsSupported)
        {
            CompareLane<Float32x8, TFunction>(single, expected);
        }

        if (Float32x16.IsSupported)
        {
            CompareLane<Float32x16, TFunction>(single, expected);
        }

        double[][] wide = inputs(false);
        expected = LaneEvaluation.Bits<Float64, TFunction>(wide);
        if (Float64x4.IsSupported)
        {
            CompareLane<Float64x4, TFunction>(wide, expected);
        }

        if (Float64x8.IsSupported)
        {
            CompareLane<Float64x8, TFunction>(wide, expected);
        }
    }

    static void CompareLane<T, TFunction>(double[][] columns, ulong[] expected)
        where T : unmanaged, IHostLane<T>
        where TFunction : struct, ILaneFunction
    {
        // 0, 3, 6, … is prime to every width: after `Width` turns each input has been in every position.
        for (int turn = 0; turn < T.Width; turn++)
        {
            ulong[] actual = LaneEvaluation.Bits<T, TFunction>(columns, 3 * turn);
            int differing = expected.AsSpan().CommonPrefixLength(actual);
            Assert.True(differing == expected.Length, differing == expected.Length ? "" : Describe<T>(columns, differing, expected, actual));
        }
    }

    static string Describe<T>(double[][] columns, int index, ulong[] expected, ulong[] actual) =>
        $"{typeof(T).Name}, output {index / columns[0].Length}, inputs {string.Join(", ", columns.Select(c => $"{c[index % c.Length]:R}"))}: {expected[index]:X} became {actual[index]:X}";
}
