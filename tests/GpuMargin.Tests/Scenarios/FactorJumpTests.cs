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
        IReadOnlyList<FactorJump> jumps = FactorJump.Of(new DepegJump(3, perDay, 0.2), seed: 7, Scenarios, days);
        Assert.Equal(Enumerable.Range(1, days), jumps.Select(jump => jump.Day));
        Assert.InRange(jumps.Sum(jump => jump.Scenarios.Length) - Scenarios * probability, -4 * deviation, 4 * deviation); // a fixed draw: 4 deviations
        Assert.All(jumps, jump =>
        {
            Assert.Equal(3, jump.Factor);
            Assert.Equal(Math.Log(0.8), jump.Shock, 15);
        });
        Assert.Equal(jumps.Sum(jump => jump.Scenarios.Length), jumps.SelectMany(jump => jump.Scenarios).Distinct().Count());
    }

    [Fact]
    public void Each_day_has_its_share_of_what_has_not_jumped()
    {
        const double PerDay = 0.3;
        int left = Scenarios;
        foreach (FactorJump jump in FactorJump.Of(new DepegJump(3, PerDay, 0.2), seed: 7, Scenarios, days: 4))
        {
            Assert.InRange(jump.Scenarios.Length - left * PerDay, -4 * Math.Sqrt(left * PerDay * (1 - PerDay)), 4 * Math.Sqrt(left * PerDay * (1 - PerDay)));
            left -= jump.Scenarios.Length;
        }
    }

    [Fact]
    public void A_longer_path_has_the_same_jumps_on_its_first_days()
    {
        DepegJump depeg = new(2, 0.1, 0.5);
        IReadOnlyList<FactorJump> two = FactorJump.Of(depeg, 1, Scenarios, days: 2), five = FactorJump.Of(depeg, 1, Scenarios, days: 5);
        Assert.Equal(two.Select(jump => (jump.Day, string.Join(' ', jump.Scenarios))), five.Take(2).Select(jump => (jump.Day, string.Join(' ', jump.Scenarios))));
    }

    [Fact]
    public void Certain_and_impossible_jumps_are_so()
    {
        Assert.Empty(FactorJump.Of(new DepegJump(0, 0, 0.5), 1, Scenarios, 3));
        FactorJump certain = Assert.Single(FactorJump.Of(new DepegJump(0, 1, 0.5), 1, Scenarios, 3));
        Assert.Equal((1, Scenarios), (certain.Day, certain.Scenarios.Length));
        Assert.Empty(FactorJump.Of(new DepegJump(0, 1, 0.5), 1, Scenarios, days: 0));
    }

    [Fact]
    public void Factors_jump_independently()
    {
        const double Probability = 0.1;
        int[] first = Assert.Single(FactorJump.Of(new DepegJump(0, Probability, 0.5), 1, Scenarios, 1)).Scenarios;
        int[] second = Assert.Single(FactorJump.Of(new DepegJump(1, Probability, 0.5), 1, Scenarios, 1)).Scenarios;
        double expected = Scenarios * Probability * Probability;
        Assert.InRange(first.Intersect(second).Count() - expected, -4 * Math.Sqrt(expected), 4 * Math.Sqrt(expected)); // a fixed draw: 4 deviations
    }

    [Fact]
    public void A_slice_has_its_own_jumps()
    {
        FactorJump jump = new(0, 1, -1, [0, 5, 64, 65, 200]);
        Assert.Equal((0, 2), jump.Within(0, 64));
        Assert.Equal((2, 4), jump.Within(64, 64));
        Assert.Equal((4, 4), jump.Within(128, 64));
    }
}
