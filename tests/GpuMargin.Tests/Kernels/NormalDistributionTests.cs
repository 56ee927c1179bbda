using GpuMargin.Kernels.Lanes;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Kernels;

/// <summary>The errors stated at NormalDistribution.</summary>
public sealed class NormalDistributionTests(ITestOutputHelper output)
{
    static readonly double[] s_points = [.. Grid.Uniform(0, 8, 3_000), .. Grid.Uniform(8, 37.6, 1_000), .. Grid.Logarithmic(1e-12, 1, 1_000)];
    static readonly double[] s_manyPoints = [.. Grid.Uniform(0, 14, 1 << 16), .. Grid.Logarithmic(1e-12, 1, 1 << 12)];
    static readonly double[] s_probabilities = [.. Grid.Logarithmic(Math.ScaleB(1, -33), .49, 5_000), .. Grid.Uniform(.074, .076, 1_000), .. Grid.Uniform(.4, .5, 2_000)];

    [Fact]
    public void Densities_keep_the_stated_units_in_double_precision() =>
        Check<Float64, DensityFunction>(s_points, (x, y) => (double.IsNormal(y) ? HighPrecision.Density(x).UnitsAway(y) : 0) / (2 + (x * x)), 1);

    [Fact]
    public void Densities_keep_the_stated_units_in_single_precision() =>
        Check<Float32, DensityFunction>(s_manyPoints, (x, y) => !float.IsNormal((float)y) ? 0 : ((DoubleDouble)ReferenceNormal.Density(x)).UnitsAway(y, true) / (2 + (x * x)), 1);

    [Fact]
    public void The_density_is_zero_below_four_tenths_of_the_smallest_normal_number()
    {
        Check<Float64, DensityFunction>(Grid.Uniform(37, 40, 4096), (x, y) => y == 0 ? HighPrecision.Density(x).High : y < 0.39 * 2.2250738585072014e-308 ? 1 : 0, 0.402 * 2.2250738585072014e-308);
        Check<Float32, DensityFunction>(Grid.Uniform(12, 15, 4096), (x, y) => y == 0 ? ReferenceNormal.Density(x) : y < 0.39 * 1.17549435e-38 ? 1 : 0, 0.402 * 1.17549435e-38);
    }

    [Fact]
    public void Upper_probabilities_keep_their_absolute_accuracy_in_double_precision() =>
        Check<Float64, CumulativeFunction>(s_points, (x, y) => (1 - HighPrecision.UpperTail(x)).Distance(y), 5e-16);

    [Fact]
    public void Upper_probabilities_keep_their_absolute_accuracy_in_single_precision() =>
        Check<Float32, CumulativeFunction>(s_manyPoints, (x, y) => Math.Abs(y - ReferenceNormal.Cdf(x)), 2e-7);

    [Fact]
    public void Lower_probabilities_keep_their_relative_accuracy_in_double_precision() =>
        Check<Float64, CumulativeFunction>([.. s_points.Select(x => -x)], (x, y) => Relative(HighPrecision.UpperTail(-x), y, 1e-307) / (4 + (x * x)), 2.5e-16);

    [Fact]
    public void Lower_probabilities_keep_their_relative_accuracy_in_single_precision() =>
        Check<Float32, CumulativeFunction>([.. s_manyPoints.Select(x => -x)], (x, y) => Relative(ReferenceNormal.Cdf(x), y, 1.2e-38), 1e-5);

    [Fact]
    public void Probabilities_at_the_ends_are_zero_and_one()
    {
        double[] far = Grid.Padded([40, 1e30, double.PositiveInfinity]);
        Assert.All(LaneEvaluation.Values<Float32, CumulativeFunction>([far]), y => Assert.Equal(1, y));
        Assert.All(LaneEvaluation.Values<Float64, CumulativeFunction>([far]), y => Assert.Equal(1, y));
        double[] low = [.. far.Select(x => -x)];
        Assert.All(LaneEvaluation.Values<Float32, CumulativeFunction>([low]), y => Assert.Equal(0, y));
        Assert.All(LaneEvaluation.Values<Float64, CumulativeFunction>([low]), y => Assert.Equal(0, y));
    }

    [Fact]
    public void Quantiles_keep_1e_15_in_double_precision() =>
        Check<Float64, LowerQuantileFunction>(s_probabilities, (p, z) => QuantileError(p, z, 1.2e-16), 1e-15);

    [Fact]
    public void Quantiles_keep_4e_7_in_single_precision() =>
        Check<Float32, LowerQuantileFunction>(s_probabilities, (p, z) => QuantileError(p, z, 6e-8), 4e-7);

    [Fact]
    public void The_quantile_of_a_half_is_zero()
    {
        double[] half = Grid.Padded([.5]);
        Assert.All(LaneEvaluation.Values<Float32, LowerQuantileFunction>([half]), z => Assert.Equal(0, z));
        Assert.All(LaneEvaluation.Values<Float64, LowerQuantileFunction>([half]), z => Assert.Equal(0, z));
    }

    [Fact]
    public void Quantiles_and_probabilities_grow_across_their_branches()
    {
        // One step of p at the branch moves the quantile by 7 steps of p, so rounding alone cannot turn it over four steps of p.
        Grows<Float32, LowerQuantileFunction>(.075f, 4, i => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(.075f) + i));
        Grows<Float64, LowerQuantileFunction>(.075, 16, i => .075 + (i * Math.ScaleB(1, -56)));
        Grows<Float32, CumulativeFunction>(0, 8, i => i * Math.ScaleB(1, -24));
        Grows<Float64, CumulativeFunction>(0, 8, i => i * Math.ScaleB(1, -53));
    }

    static void Grows<T, TFunction>(double branch, int stride, Func<int, double> point)
        where T : unmanaged, IHostLane<T>
        where TFunction : struct, ILaneFunction
    {
        double[] x = [.. Enumerable.Range(-4096, 8192).Select(point)];
        double[] y = LaneEvaluation.Values<T, TFunction>([x]);
        for (int i = stride; i < x.Length; i++)
        {
            if (!(y[i] >= y[i - stride]))
            {
                Assert.Fail($"{typeof(TFunction).Name} falls at {x[i]:R} near {branch}");
            }
        }
    }

    // z against Φ⁻¹(p) by one Newton step, relative; where z is small the rounding of p − ½ is allowed as an absolute error.
    static double QuantileError(double p, double z, double half)
    {
        double error = Math.Abs((HighPrecision.UpperTail(Math.Abs(z)) - p).High) / ReferenceNormal.Density(z);
        return Math.Max(error - half, 0) / Math.Max(Math.Abs(z), 1e-300);
    }

    // Zero where the value itself is below the range promised.
    static double Relative(DoubleDouble expected, double actual, double least) =>
        expected.High < least ? 0 : expected.Distance(actual) / expected.High;

    void Check<T, TFunction>(double[] points, Func<double, double, double> error, double allowed)
        where T : unmanaged, IHostLane<T>
        where TFunction : struct, ILaneFunction
    {
        double[] x = Grid.Padded(points.Select(v => T.IsSingle ? (float)v : v));
        double[] y = LaneEvaluation.Values<T, TFunction>([x]);
        double worst = -1;
        double at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double e = error(x[i], y[i]);
            if (!(e <= worst))
            {
                (worst, at) = (e, x[i]);
            }
        }
        output.WriteLine($"{worst:E3} at {at:R}");
        Assert.True(worst <= allowed, $"{worst:E3} at {at:R}, allowed {allowed:E1}");
    }
}
