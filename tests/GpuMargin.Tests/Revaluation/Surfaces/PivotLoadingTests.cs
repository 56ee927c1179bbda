using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.Surfaces;
using Xunit;

namespace GpuMargin.Tests.Revaluation.Surfaces;

public sealed class PivotLoadingTests
{
    const double Tolerance = 1e-15; // products of two weights between 0 and 1

    // 30 and 120 days, so that 60 lies in the middle by logarithm; factors 1 to 5 in order.
    static readonly VolatilitySurface s_surface = new("s", 0, SurfaceCoordinate.Moneyness, [],
        [new(1, 30, -1), new(2, 30, 0), new(3, 30, 2), new(4, 120, -1), new(5, 120, 1)]);

    [Theory]
    [InlineData(30, -1, "1:1")]
    [InlineData(7, -3, "1:1")]
    [InlineData(30, 1, "2:0.5 3:0.5")]
    [InlineData(120, 9, "5:1")]
    [InlineData(500, 0, "4:0.5 5:0.5")]
    [InlineData(60, 0, "2:0.5 4:0.25 5:0.25")]
    [InlineData(60, 0.5, "2:0.375 3:0.125 4:0.125 5:0.375")]
    public void Loadings_are_bilinear_in_the_logarithm_of_days_and_the_coordinate_and_flat_outside(double days, double coordinate, string expected) =>
        AssertLoadings(expected, PivotLoadings.Of(s_surface, days, coordinate));

    [Theory]
    [InlineData(30, "2:1")]
    [InlineData(120, "2:0.5")]
    [InlineData(7.5, "2:2")]
    [InlineData(0.1, "2:5.477225575051661")]
    public void A_term_power_scales_a_level(double days, string expected) =>
        AssertLoadings(expected, PivotLoadings.Of(new("s", 0, SurfaceCoordinate.Delta, [], [new(2, 30, double.NaN)], 0.5), days, 0.3));

    [Fact]
    public void A_surface_without_pivots_has_no_loadings() => Assert.Empty(PivotLoadings.Of(s_surface with { Pivots = [] }, 30, 0));

    static void AssertLoadings(string expected, IReadOnlyList<PivotLoading> found)
    {
        (int, double)[] pairs = [.. expected.Split(' ').Select(pair => pair.Split(':')).Select(pair => (int.Parse(pair[0], null), double.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)))];
        Assert.Equal(pairs.Select(pair => pair.Item1), found.Select(loading => loading.Factor).Order());
        foreach ((int factor, double loading) in pairs)
        {
            Assert.Equal(loading, found.Single(one => one.Factor == factor).Loading, Tolerance * Math.Max(1, 8 * loading));
        }
    }
}
