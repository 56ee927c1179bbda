using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

/// <summary>Tables grow, end in a constant and stay finite for any variate.</summary>
public sealed class TableShapeTests
{
    // Neighbouring points are some 1e11 double-precision units apart, so there the table may not fall at all; in single precision
    // they are as little as 20 apart, and two units of fall are allowed to the rounding of six terms.
    const double Spacing = 2e-5;
    const double TwoUnits = 2.4e-7;

    public static TheoryData<double, double, double> Models => new() // ν of the copula, of the marginal, λ
    {
        { 1e9, 1e9, 0 }, { 1e9, 2.1, 0 }, { 2.1, 1e9, 0 }, { 6.5, 4, 0 }, { 1e9, 3, .7 }, { 4, 20, -.7 }, { 31.79, 5, .3 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Innovations_grow_with_the_variate(double copulaNu, double nu, double lambda)
    {
        MonotoneTable table = Table(copulaNu, nu, lambda);
        double reach = Math.Min(table.Bound - Math.Abs(table.Origin), 30) * .999;
        double[] x = [.. Enumerable.Range(0, 40_000).Select(i => reach * Math.Sinh((i - 20_000) / 4_000.0) / Math.Sinh(5))];
        foreach ((double[] z, double unit) in ((double[], double)[])[(TableValues.At<Float64>(table, x), 0), (TableValues.At<Float32>(table, x), TwoUnits)])
        {
            for (int i = 1; i < x.Length; i++)
            {
                if (x[i] - x[i - 1] > Spacing && !(z[i] + (unit * Math.Max(Math.Abs(z[i]), .25)) >= z[i - 1]))
                {
                    Assert.Fail($"{z[i - 1]:R} at {x[i - 1]:R} falls to {z[i]:R} at {x[i]:R}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Beyond_its_bound_a_table_is_constant_and_finite(double copulaNu, double nu, double lambda)
    {
        MonotoneTable table = Table(copulaNu, nu, lambda);
        double[] up = [table.Origin + (table.Bound * 1.001), 1e7, 1e30, double.PositiveInfinity];
        foreach (double[] x in (double[][])[up, [table.Origin - (table.Bound * 1.001), .. up[1..].Select(v => -v)]])
        {
            foreach (double[] z in (double[][])[TableValues.At<Float32>(table, x), TableValues.At<Float64>(table, x)])
            {
                Assert.All(z, value => Assert.Equal(z[0], value));
                Assert.True(double.IsFinite(z[0]) && Math.Sign(z[0]) == Math.Sign(x[0]));
            }
        }
    }

    [Fact]
    public void A_marginal_of_the_copulas_own_family_is_a_straight_line()
    {
        const double Relative = 1e-12; // one inversion and six terms
        double[] x = [-60, -3, -.4, 0, 1e-3, 2, 40];
        double[] z = TableValues.At<Float64>(Table(5, 5, 0), x);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(x[i] * Math.Sqrt(.6), z[i], Relative * Math.Abs(x[i]));
        }
    }

    [Fact]
    public void Mirroring_the_skew_mirrors_the_table()
    {
        const double Rounding = 1e-12; // both sides are computed by themselves
        double[] x = [-6, -2, -1, -.3, 0, .3, 1, 2, 6];
        double[] left = TableValues.At<Float64>(Table(1e9, 5, -.5), x);
        double[] right = TableValues.At<Float64>(Table(1e9, 5, .5), x);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(-left[i], right[x.Length - 1 - i], Rounding * Math.Max(1, Math.Abs(left[i])));
        }
    }

    [Fact]
    public void No_skew_is_the_symmetric_t()
    {
        ISymmetricDistribution copula = StandardNormal.Instance;
        double bound = MarginalTables.Bound(copula);
        Assert.Equal(MarginalTables.StudentTMarginal(copula, bound, 5).Values, MarginalTables.SkewedTMarginal(copula, bound, 5, 0).Values);
    }

    static MonotoneTable Table(double copulaNu, double nu, double lambda)
    {
        ISymmetricDistribution copula = StudentT.Create(copulaNu);
        double bound = MarginalTables.Bound(copula);
        return lambda == 0 ? MarginalTables.StudentTMarginal(copula, bound, nu) : MarginalTables.SkewedTMarginal(copula, bound, nu, lambda);
    }
}
