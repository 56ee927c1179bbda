using GpuMargin.Volatility;
using Xunit;

namespace GpuMargin.Tests.Volatility;

public sealed class SliceArbitrageTests
{
    const double Root = 1e-12; // of the place of a root; expected values by mpmath with 40 digits
    const double Crossing = 1e-12; // of a root where the difference has a slope of about one

    [Fact]
    public void Vogts_slice_has_butterfly_arbitrage_where_it_is_known_to_have()
    {
        ArbitrageRange range = Assert.Single(SliceArbitrage.Butterfly(SviSliceTests.Vogt));
        Assert.Equal(0.6424078778693807, range.From, Root);
        Assert.Equal(1.2569129919321274, range.To, Root);
        Assert.Equal(0.8792625416220679, range.At, Root);
        Assert.Equal(-0.0328635734536230, range.Value, Root);
    }

    [Fact]
    public void A_hundred_slices_without_arbitrage_have_none()
    {
        Random random = new(16);
        for (int i = 0; i < 100; i++)
        {
            SviSlice slice = RandomSlices.Draw(random);
            Assert.True(SliceArbitrage.Butterfly(slice).Count == 0, slice.ToString());
            Assert.True(slice.Wing <= SliceArbitrage.SteepestWing);
        }
    }

    [Fact]
    public void Ranges_are_those_of_a_dense_scan()
    {
        Random random = new(17);
        for (int i = 0; i < 200; i++)
        {
            SviSlice slice = RandomSlices.Draw(random);
            slice = slice with { B = slice.B * (1 + random.NextDouble()), A = slice.A - slice.LeastVariance * random.NextDouble() };
            IReadOnlyList<ArbitrageRange> ranges = SliceArbitrage.Butterfly(slice);
            double worst = 0;
            for (double u = -9; u < 9; u += 0.003)
            {
                double k = slice.M + slice.Sigma * Math.Sinh(u), g = slice.Durrleman(k);
                worst = Math.Min(worst, g);
                Assert.True(Math.Abs(g) < 1e-9 || g < 0 == ranges.Any(range => k >= range.From && k <= range.To), $"{slice} {k} {g}");
            }

            Assert.True(worst >= -1e-9 || ranges.Min(range => range.Value) <= worst, slice.ToString());
            Assert.All(ranges, range => Assert.True(double.IsInfinity(range.At) || Math.Abs(slice.Durrleman(range.At) - range.Value) == 0));
        }
    }

    [Fact]
    public void A_wing_above_two_has_arbitrage_without_end()
    {
        SviSlice slice = new(0.01, 1.3, 0.6, 0, 0.2);
        Assert.True(slice.Wing > SliceArbitrage.SteepestWing);
        Assert.Equal(double.PositiveInfinity, SliceArbitrage.Butterfly(slice)[^1].To);
    }

    [Fact]
    public void Variances_that_cross_are_calendar_arbitrage_up_to_the_crossing()
    {
        // 0.04 + 0.4·(R − k/2) and 0.05 + 0.4·R are equal at k = −0.05.
        SviSlice earlier = new(0.04, 0.4, -0.5, 0, 0.1), later = new(0.05, 0.4, 0, 0, 0.1);
        ArbitrageRange range = Assert.Single(SliceArbitrage.Calendar(earlier, later));
        Assert.Equal(double.NegativeInfinity, range.From);
        Assert.Equal(-0.05, range.To, Crossing);
        Assert.Equal((double.NegativeInfinity, double.NegativeInfinity), (range.At, range.Value));
    }

    [Fact]
    public void A_dip_of_the_later_slice_is_calendar_arbitrage_between_two_crossings()
    {
        SviSlice earlier = new(0.04, 0, 0, 0, 0.1), later = new(0.02, 0.1, 0, 0.3, 0.1);
        ArbitrageRange range = Assert.Single(SliceArbitrage.Calendar(earlier, later));
        Assert.Equal(0.3 - Math.Sqrt(0.03), range.From, Crossing);
        Assert.Equal(0.3 + Math.Sqrt(0.03), range.To, Crossing);
        Assert.Equal(0.3, range.At, Crossing);
        Assert.Equal(-0.01, range.Value, Crossing);
    }

    [Fact]
    public void Slices_of_a_surface_that_rises_do_not_cross()
    {
        Random random = new(18);
        for (int i = 0; i < 100; i++)
        {
            // θφ(θ) with φ = θ^(−½) rises (Gatheral and Jacquier 2014, theorem 4.1).
            double rho = 1.8 * random.NextDouble() - 0.9, theta = 0.001 + 0.1 * random.NextDouble(), more = theta * (1.01 + random.NextDouble());
            Assert.Empty(SliceArbitrage.Calendar(RandomSlices.Ssvi(theta, 1 / Math.Sqrt(theta), rho), RandomSlices.Ssvi(more, 1 / Math.Sqrt(more), rho)));
            Assert.NotEmpty(SliceArbitrage.Calendar(RandomSlices.Ssvi(more, 1 / Math.Sqrt(more), rho), RandomSlices.Ssvi(theta, 1 / Math.Sqrt(theta), rho)));
        }
    }

    [Fact]
    public void A_slice_is_not_above_itself() => Assert.Empty(SliceArbitrage.Calendar(SviSliceTests.Vogt, SviSliceTests.Vogt));

    [Theory]
    [InlineData(-0.05, 0.1, 0.0, 0.1)]
    [InlineData(0.04, -0.1, 0.0, 0.1)]
    [InlineData(0.04, 0.1, 1.0, 0.1)]
    [InlineData(0.04, 0.1, 0.0, 0.0)]
    [InlineData(double.NaN, 0.1, 0.0, 0.1)]
    public void A_slice_without_positive_variance_is_refused(double a, double b, double rho, double sigma) =>
        Assert.Throws<ArgumentException>(() => SliceArbitrage.Butterfly(new SviSlice(a, b, rho, 0, sigma)));
}
