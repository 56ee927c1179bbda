using GpuMargin.Studies;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

public sealed class RollPathTests
{
    // Periods of two days: day 2's loss of 11 is held against the 10 of day 0, and so on.
    static readonly RollPath s_path = new()
    {
        Account = "A",
        Value = new double[7],
        ValueAtRisk = [8, 8, 8, 8, 8, 8, 8],
        ExpectedShortfall = new double[7],
        Margin = [10, 12, 20, 20, 20, 20, 20],
        Stressed = [30, 30, 30, 30, 30, 30, 30],
        LongRun = [5, 5, 5, 5, 25, 25, 25],
        Requirements = RollPath.Of([10, 12, 20, 20, 20, 20, 20], [30, 30, 30, 30, 30, 30, 30], [5, 5, 5, 5, 25, 25, 25]),
        ProfitAndLoss = [double.NaN, double.NaN, -11, -12, 50, -9, -24],
        Market = new RealizedMarket[7],
        HorizonDays = 2,
    };

    [Fact]
    public void A_loss_is_held_against_what_was_required_when_its_period_began()
    {
        Assert.Equal(
            [null, null, true, false, false, false, true],
            Enumerable.Range(0, 7).Select(day => s_path.Exceeds(RollOption.None, day)));
        Assert.Equal((5, 2), (s_path.Periods, s_path.Exceedances(RollOption.None)));
        Assert.Equal(4, s_path.ValueAtRiskExceedances); // 11, 12, 9 and 24 above 8
    }

    [Fact]
    public void Each_measure_has_its_own_exceedances()
    {
        Assert.Equal(1, s_path.Exceedances(RollOption.Stress)); // 15 and 22.5: only 24 is above
        Assert.Equal(1, s_path.Exceedances(RollOption.Floor)); // 11 is above 10; 24 is below 25
    }

    [Fact]
    public void The_test_takes_periods_that_do_not_overlap()
    {
        // Those that end on days 2, 4 and 6: losses of 11, −50 and 24.
        ProportionOfFailures test = s_path.Test(0.01);
        Assert.Equal((3, 2), (test.Periods, test.Exceedances));
    }
}
