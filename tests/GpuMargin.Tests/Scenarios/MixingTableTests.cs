using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Scenarios;

public sealed class MixingTableTests(ITestOutputHelper output)
{
    const double Relative = 1e-9; // a thousandth of what single precision resolves
    const double RelativeSingle = 1e-6; // rounding of the variate, amplified by the steep end, and of six terms

    [Theory]
    [InlineData(2.0001)]
    [InlineData(2.1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6.5)]
    [InlineData(31.79)]
    [InlineData(1e3)]
    [InlineData(1e5)]
    [InlineData(1e7)]
    public void The_mixing_variable_is_the_root_of_nu_over_the_chi_square_quantile(double nu)
    {
        MonotoneTable table = MixingTable.Build(nu);
        int points = nu > 1e4 ? 24 : 400; // the oracle's series has as many terms as √ν
        double[] g = [.. Enumerable.Range(0, points + 1).Select(i => (double)(float)(-6.34 + (12.68 * i / points)))];
        double wide = Worst(nu, g, TableValues.At<Float64>(table, g));
        double single = Worst(nu, g, TableValues.At<Float32>(table, g));
        output.WriteLine($"ν {nu}: {wide:E1} {single:E1}, resolution {table.Resolution}");
        Assert.True(wide <= Relative, $"{wide:E2}");
        Assert.True(single <= RelativeSingle, $"{single:E2}");
    }

    [Fact]
    public void Many_degrees_of_freedom_leave_a_normal()
    {
        // s − 1 ≈ g/√(2ν): 2e-3 at the ends for ν = 1e7, the last t copula before the normal one.
        double[] s = TableValues.At<Float64>(MixingTable.Build(1e7), [-6, 0, 6]);
        Assert.Equal(1 - (6 / Math.Sqrt(2e7)), s[0], 1e-5);
        Assert.Equal(1, s[1], 1e-7);
        Assert.Equal(1 + (6 / Math.Sqrt(2e7)), s[2], 1e-5);
        Assert.Same(StandardNormal.Instance, StudentT.Create(1.0001e7));
        Assert.IsType<StudentT>(StudentT.Create(1e7));
    }

    static double Worst(double nu, double[] g, double[] s)
    {
        double worst = 0;
        for (int i = 0; i < g.Length; i++)
        {
            double tail = ReferenceNormal.UpperTail(Math.Abs(g[i]));
            double w = g[i] > 0 ? ReferenceChiSquare.Quantile(tail, nu) : ReferenceChiSquare.UpperQuantile(tail, nu);
            double expected = Math.Sqrt(nu / w);
            worst = Math.Max(worst, Math.Abs(s[i] - expected) / expected);
        }
        return worst;
    }
}
