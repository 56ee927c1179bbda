using GpuMargin.Kernels.Lanes;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Kernels;

public sealed class ElementaryTests(ITestOutputHelper output)
{
    const double UnitsAllowed = 2; // stated at Elementary

    // The limits of Exp's own selects.
    const double LeastSingle = -87.33, GreatestSingle = 88.37, LeastDouble = -708.39, GreatestDouble = 709.43;

    [Fact]
    public void Exponentials_keep_two_units_in_double_precision() =>
        Check<Float64, ExpFunction>(x => HighPrecision.Exp(x), [.. Grid.Uniform(LeastDouble, GreatestDouble, 6_000), .. Grid.Uniform(-1, 1, 6_000)]);

    [Fact]
    public void Exponentials_keep_two_units_in_single_precision() =>
        Check<Float32, ExpFunction>(x => Math.Exp(x), [.. Grid.Uniform(LeastSingle, GreatestSingle, 1 << 17), .. Grid.Uniform(-1, 1, 1 << 17)]);

    [Fact]
    public void Exponentials_less_one_keep_two_units_in_double_precision() =>
        Check<Float64, Expm1Function>(x => HighPrecision.Expm1(x), SmallAndLarge(-60, GreatestDouble, 6_000));

    [Fact]
    public void Exponentials_less_one_keep_two_units_in_single_precision() =>
        Check<Float32, Expm1Function>(x => HighPrecision.Expm1(x).High, SmallAndLarge(-30, GreatestSingle, 1 << 13));

    [Fact]
    public void Logarithms_keep_two_units_in_double_precision() =>
        Check<Float64, LogFunction>(
            HighPrecision.Log,
            [.. Grid.Logarithmic(2.3e-308, 1e308, 6_000), .. Grid.Uniform(.5, 2, 6_000), .. Grid.Logarithmic(1e-15, 1e-3, 2_000).Select(x => 1 + x), .. Grid.Logarithmic(1e-15, 1e-3, 2_000).Select(x => 1 - x)]);

    [Fact]
    public void Logarithms_keep_two_units_in_single_precision() =>
        Check<Float32, LogFunction>(
            x => Math.Log(x),
            [.. Grid.Logarithmic(1.2e-38, 3e38, 1 << 17), .. Grid.Uniform(.5, 2, 1 << 17), .. Grid.Logarithmic(1e-7, 1e-2, 1 << 14).Select(x => 1 + x), .. Grid.Logarithmic(1e-7, 1e-2, 1 << 14).Select(x => 1 - x)]);

    [Fact]
    public void The_exponential_is_zero_below_the_normal_numbers_and_infinite_above_its_limit()
    {
        Assert.Equal([0, 0, 0, double.PositiveInfinity, double.PositiveInfinity], At<Float64, ExpFunction>(-708.3900001, -1e300, double.NegativeInfinity, 709.4300001, double.PositiveInfinity));
        Assert.Equal([0, 0, 0, double.PositiveInfinity, double.PositiveInfinity], At<Float32, ExpFunction>(-87.331, -1e30, double.NegativeInfinity, 88.371, double.PositiveInfinity));
        Assert.All(At<Float64, ExpFunction>(LeastDouble, -700), y => Assert.True(double.IsNormal(y)));
        Assert.All(At<Float32, ExpFunction>(LeastSingle, -80), y => Assert.True(float.IsNormal((float)y)));
        Assert.Equal([1, 1], At<Float64, ExpFunction>(0d, -0d));
    }

    [Fact]
    public void The_exponential_less_one_is_minus_one_and_infinity_at_its_ends_and_exact_for_tiny_arguments()
    {
        Assert.Equal([-1, -1, double.PositiveInfinity, 0, 1e-300], At<Float64, Expm1Function>(-1e300, double.NegativeInfinity, 710, 0, 1e-300));
        Assert.Equal([-1, -1, double.PositiveInfinity, 0, (float)1e-30], At<Float32, Expm1Function>(-1e30, double.NegativeInfinity, 89, 0, 1e-30));
    }

    [Fact]
    public void The_exponential_does_not_fall_from_one_single_to_the_next()
    {
        // Runs of neighbouring singles across changes of the reduction's integer, which are at (n + ½)·ln 2.
        foreach (float start in (float[])[.34f, 1.03f, 40f])
        {
            double[] x = [.. Enumerable.Range(0, 1 << 16).Select(i => (double)BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(start) + i))];
            double[] y = LaneEvaluation.Values<Float32, ExpFunction>([x]);
            for (int i = 1; i < y.Length; i++)
            {
                if (!(y[i] >= y[i - 1]))
                {
                    Assert.Fail($"exp({x[i]:R}) < exp({x[i - 1]:R})");
                }
            }
        }
    }

    static double[] SmallAndLarge(double low, double high, int count) =>
        [.. Grid.Uniform(low, high, count), .. Grid.Uniform(-1, 1, count), .. Grid.Logarithmic(1e-30, 1, count / 2), .. Grid.Logarithmic(1e-30, 1, count / 2).Select(x => -x)];

    static double[] At<T, TFunction>(params double[] x)
        where T : unmanaged, IHostLane<T>
        where TFunction : struct, ILaneFunction => LaneEvaluation.Values<T, TFunction>([Grid.Padded(x)])[..x.Length];

    void Check<T, TFunction>(Func<double, DoubleDouble> reference, double[] points)
        where T : unmanaged, IHostLane<T>
        where TFunction : struct, ILaneFunction
    {
        double[] x = Grid.Padded(points.Select(v => T.IsSingle ? (float)v : v));
        double[] y = LaneEvaluation.Values<T, TFunction>([x]);
        double worst = 0;
        double at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double units = reference(x[i]).UnitsAway(y[i], T.IsSingle);
            if (!(units <= worst))
            {
                (worst, at) = (units, x[i]);
            }
        }
        output.WriteLine($"{worst:F3} units at {at:R}");
        Assert.True(worst <= UnitsAllowed, $"{worst:F3} units in the last place at {at:R}");
    }
}
