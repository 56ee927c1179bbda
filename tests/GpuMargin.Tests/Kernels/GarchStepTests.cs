using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using Xunit;

namespace GpuMargin.Tests.Kernels;

public sealed class GarchStepTests
{
    const double Rounding = 1e-15; // relative, a square root and three sums
    const double RoundingSingle = 3e-7; // the same in single precision, inputs rounded

    // h = 4e-4, so √h = 0.02; mean 0.001, ω = 1e-5, α = 0.1, γ = 0.08, β = 0.85; shock before the day 0.5.
    public static TheoryData<double, double, double> Days => new() // z, h', shock
    {
        { 1.5, 0.00001 + (0.1 * 0.0009) + 0.00034, 0.531 }, // e = 0.03
        { -2, 0.00001 + (0.18 * 0.0016) + 0.00034, 0.461 }, // e = −0.04 feels γ
        { 0, 0.00035, 0.501 },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void A_day_moves_the_variance_and_the_shock_as_computed_by_hand(double z, double variance, double shock)
    {
        double[][] inputs = Columns(z, 0.001, 1e-5, .1, .18, .85, 4e-4, .5);
        double[] wide = LaneEvaluation.Values<Float64, GarchStepFunction>(inputs);
        Assert.Equal(variance, wide[0], Rounding * variance);
        Assert.Equal(shock, wide[16], Rounding);
        double[] single = LaneEvaluation.Values<Float32, GarchStepFunction>(inputs);
        Assert.Equal(variance, single[0], RoundingSingle * variance);
        Assert.Equal(shock, single[16], RoundingSingle);
    }

    [Fact]
    public void With_alpha_and_beta_zero_the_variance_stays_omega()
    {
        double[] y = LaneEvaluation.Values<Float64, GarchStepFunction>(Columns(-3, 0, 4e-4, 0, 0, 0, 4e-4, 0));
        Assert.Equal(4e-4, y[0]);
        Assert.Equal(-0.06, y[16], Rounding);
    }

    [Theory]
    [InlineData(1e6, GarchStep.ShockBound)]
    [InlineData(-1e6, -GarchStep.ShockBound)]
    public void A_shock_stops_at_its_bound(double z, double shock)
    {
        Assert.Equal(shock, LaneEvaluation.Values<Float32, GarchStepFunction>(Columns(z, 0, 0, .1, .1, .8, .01, 0))[16]);
        Assert.Equal(shock, LaneEvaluation.Values<Float64, GarchStepFunction>(Columns(z, 0, 0, .1, .1, .8, .01, 0))[16]);
        Assert.True(float.IsFinite((float)(1e5 * Math.Exp(GarchStep.ShockBound) * 1e5)));
    }

    [Fact]
    public void A_zero_variance_leaves_the_mean_and_omega()
    {
        double[] y = LaneEvaluation.Values<Float64, GarchStepFunction>(Columns(-6, .002, 3e-6, .1, .2, .8, 0, 0));
        Assert.Equal(3e-6, y[0]);
        Assert.Equal(.002, y[16]);
    }

    static double[][] Columns(params double[] row) => [.. row.Select(x => Enumerable.Repeat(x, 16).ToArray())];
}
