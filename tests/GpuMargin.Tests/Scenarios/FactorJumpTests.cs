using GpuMargin.ClearingSets.Policy;
using GpuMargin.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

public sealed class FactorJumpTests
{
    const int Scenarios = 100_000;

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(0.01, 5)]
    [InlineData(0.3, 2)]
    public void A_jump_is_as_frequent_as_its_days_make_it(double perDay, int days)
    {
        double probability = 1 - Math.Pow(1 - perDay, days);
        double deviation = Math.Sqrt(Scenarios * probability * (1 - probability));
        FactorJump jump = FactorJump.Of(new DepegJump(3, perDay, 0.2), seed: 7, Scenarios, days);
        Assert.InRange(jump.Scenarios.Length - Scenarios * probability, -4 * deviation, 4 * deviation); // a fixed draw: 4 deviations
        Assert.Equal(Math.Log(0.8), jump.Shock, 15);
    }

    [Fact]
    public void Certain_and_impossible_jumps_are_so()
    {
        Assert.Empty(FactorJump.Of(new DepegJump(0, 0, 0.5), 1, Scenarios, 3).Scenarios);
        Assert.Equal(Scenarios, FactorJump.Of(new DepegJump(0, 1, 0.5), 1, Scenarios, 3).Scenarios.Length);
        Assert.Empty(FactorJump.Of(new DepegJump(0, 1, 0.5), 1, Scenarios, days: 0).Scenarios);
    }

    [Fact]
    public void Factors_jump_independently()
    {
        const double Probability = 0.1;
        int[] first = FactorJump.Of(new DepegJump(0, Probability, 0.5), 1, Scenarios, 1).Scenarios;
        int[] second = FactorJump.Of(new DepegJump(1, Probability, 0.5), 1, Scenarios, 1).Scenarios;
        double expected = Scenarios * Probability * Probability;
        Assert.InRange(first.Intersect(second).Count() - expected, -4 * Math.Sqrt(expected), 4 * Math.Sqrt(expected)); // a fixed draw: 4 deviations
    }

    [Fact]
    public void A_slice_has_its_own_jumps()
    {
        FactorJump jump = new(0, -1, [0, 5, 64, 65, 200]);
        Assert.Equal((0, 2), jump.Within(0, 64));
        Assert.Equal((2, 4), jump.Within(64, 64));
        Assert.Equal((4, 4), jump.Within(128, 64));
    }
}
