using GpuMargin.RiskMeasures;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GpuMargin.Tests.RiskMeasures;

public sealed class IntervalLevelTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    public void Quantiles_are_those_of_the_distributions(double confidence)
    {
        const double Rounding = 1e-13; // of the kernels' normal quantile and of MathNet's, relative
        const double Expansion = 2e-3; // the term of 1/ν⁴ that is left out, relative at ν = 15 and 99.9 %
        IntervalLevel level = IntervalLevel.Of((decimal)confidence);
        double upper = (1 + confidence) / 2;
        Assert.InRange(level.Z / Normal.InvCDF(0, 1, upper), 1 - Rounding, 1 + Rounding);
        Assert.InRange(level.Student(15) / StudentT.InvCDF(0, 1, 15, upper), 1 - Expansion, 1 + Expansion);
    }

    [Fact]
    public void The_reported_level_is_the_one_of_the_formulas()
    {
        IntervalLevel reported = IntervalLevel.Of(0.95m), near = IntervalLevel.Of(0.95m + 1e-20m);
        Assert.Equal(1.959963984540054, reported.Z);
        Assert.InRange(near.Student(3) - reported.Student(3), -1e-8, 1e-8); // constants are written with nine decimals
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Other_levels_are_refused(int confidence) => Assert.Throws<ArgumentOutOfRangeException>(() => IntervalLevel.Of(confidence));
}
