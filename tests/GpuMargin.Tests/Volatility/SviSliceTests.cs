using GpuMargin.Volatility;
using Xunit;

namespace GpuMargin.Tests.Volatility;

public sealed class SviSliceTests
{
    const double Printed = 1e-10; // the published numbers have ten decimals
    const double Difference = 1e-6; // of central differences with a step of 1e-5

    internal static readonly SviSlice Vogt = new(-0.0410, 0.1331, 0.3060, 0.3586, 0.4153);

    [Theory]
    [InlineData(0, 1.0386497313)]
    [InlineData(0.5, 0.0693792113)]
    [InlineData(0.8, -0.0298184615)]
    public void Durrlemans_function_of_Vogts_slice_is_as_published(double k, double expected) => Assert.Equal(expected, Vogt.Durrleman(k), Printed);

    [Fact]
    public void Slopes_are_those_of_the_functions()
    {
        const double Step = 1e-5;
        for (double k = -1.5; k <= 1.5; k += 0.1)
        {
            Assert.Equal((Vogt.TotalVariance(k + Step) - Vogt.TotalVariance(k - Step)) / (2 * Step), Vogt.Slope(k), Difference);
            Assert.Equal((Vogt.Slope(k + Step) - Vogt.Slope(k - Step)) / (2 * Step), Vogt.Curvature(k), Difference);
            Assert.Equal((Vogt.Durrleman(k + Step) - Vogt.Durrleman(k - Step)) / (2 * Step), Vogt.DurrlemanSlope(k), Difference);
        }
    }

    [Fact]
    public void The_least_variance_is_the_value_where_the_slope_is_zero()
    {
        Assert.Equal(0, Vogt.Slope(Vogt.Lowest), Printed);
        Assert.Equal(Vogt.TotalVariance(Vogt.Lowest), Vogt.LeastVariance, Printed);
    }

    [Fact]
    public void A_volatility_is_the_root_of_the_variance_a_year() => Assert.Equal(Math.Sqrt(Vogt.TotalVariance(0.1) / 0.25), Vogt.Volatility(0.1, 0.25));
}
