using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

/// <summary>The largest shock is a setting: every path is clamped to it at the end of every day.</summary>
public sealed class MaximumShockTests
{
    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void A_single_day_is_the_same_draw_clamped(Precision precision)
    {
        ClearingSet set = new VariedSet { Horizon = 1, Scenarios = 400 }.Build(precision);
        double[,] free = Shocks(set), clamped = Shocks(With(set, .01));
        double bound = precision == Precision.Mixed ? (float).01 : .01;
        int cut = 0;
        for (int s = 0; s < 400; s++)
        {
            for (int factor = 0; factor < set.Factors.Count; factor++)
            {
                Assert.Equal(Math.Clamp(free[s, factor], -bound, bound), clamped[s, factor]);
                cut += free[s, factor] == clamped[s, factor] ? 0 : 1;
            }
        }

        Assert.InRange(cut, 100, 400 * set.Factors.Count - 100);
    }

    // A short position in the underlying loses at most m·S·(e^b − 1).
    [Fact]
    public void The_loss_of_a_short_position_ends_at_it()
    {
        ClearingSet set = With(new VariedSet { Factors = 1, Instruments = 1, Accounts = 1, Positions = 1 }.Build(Precision.Double), .02);
        set = set with
        {
            Factors = [set.Factors[0] with { Variance = 1, Process = VolatilityProcess.Constant }],
            Instruments = [new Instrument { Name = "spot", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD" }],
            Positions = new PositionTable([0], [0], [-1]),
        };
        Assert.Equal(
            set.Factors[0].Level * (Math.Exp(.02) - 1), MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].ExpectedShortfall.Value, 1e-9);
    }

    [Fact]
    public void The_default_keeps_what_a_price_can_be_in_single_precision() =>
        Assert.All(((ScenarioPlan)MarginCalculator.Plan(new VariedSet().Build(Precision.Mixed)).Source).MaximumShock, bound => Assert.Equal(24, bound));

    static ClearingSet With(ClearingSet set, double bound) => set with { Settings = set.Settings with { MaximumShock = bound } };

    static double[,] Shocks(ClearingSet set) => Visited.Scenarios(new CpuBackend(), MarginCalculator.Plan(set));
}
