using GpuMargin.Calibration;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using GpuMargin.Studies;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

/// <summary>An EWMA with decay λ sees a step from σ to kσ on day 1 as variance σ²·(1 + (k² − 1)·(1 − λⁿ)) after n days.</summary>
public sealed class StepResponseTests
{
    const int Before = 300, After = 60;
    const double Step = 2, Decay = VolatilityOptions.RiskMetricsDecay;

    /// <summary>Scale of the returns before: so small that a long position's loss 1 − exp(shock) is linear in volatility.</summary>
    const double Size = 0.001;

    /// <summary>The estimated mean goes up and down with the alternating returns, by 1/300 of them, and a margin with it.</summary>
    const int DaysOfZigzag = 1;

    const double Zigzag = 0.01;

    static readonly StepResponse s_response = MarginRoll.Calculate(
        SyntheticHistory.Set(SyntheticHistory.History(SyntheticHistory.Alternating(Before + After, Size)), scenarios: 1000, withCall: false),
        SyntheticHistory.Days(Before, Before + After - 1) with
        {
            VolatilityStep = Step,
            Calibration = new CalibrationOptions { Volatility = new VolatilityOptions { Model = VolatilityModel.Ewma, Marginal = MarginalFamily.Normal } },
        }).Step!;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_plain_margin_follows_as_the_decay_says(double share)
    {
        double wanted = Math.Pow(1 + share * (Step - 1), 2);
        int days = (int)Math.Ceiling(Math.Log(1 - (wanted - 1) / (Step * Step - 1)) / Math.Log(Decay));
        Assert.InRange(s_response.DaysUntil(share, RollOption.None)!.Value, days, days + DaysOfZigzag);
    }

    [Fact]
    public void A_full_buffer_takes_the_first_quarter_of_the_rise()
    {
        // The requirement is 1.25·M before and M while M rises, so half way is where M is 1.5·1.25 times what it was.
        double[] margin = s_response.Paths[(int)RollOption.None], buffer = s_response.Paths[(int)RollOption.Buffer];
        int day = 1 + Array.FindIndex(margin, ratio => ratio >= 1.5 * 1.25);
        Assert.InRange(s_response.DaysUntil(0.5, RollOption.Buffer)!.Value, day - DaysOfZigzag, day + DaysOfZigzag);
        Assert.True(day > s_response.DaysUntil(0.5, RollOption.None) + 10);

        // The first day's rise of 9 % is not yet significant; from the second on the requirement stays until the buffer is used up.
        int used = Array.FindIndex(margin, ratio => ratio > 1.25 * margin[0]);
        Assert.InRange(used, 3, 10);
        Assert.All(buffer[..used], ratio => Assert.InRange(ratio, margin[0] * (1 - Zigzag), margin[0] * (1 + Zigzag)));
    }

    [Fact]
    public void A_margin_above_its_floor_and_its_stressed_period_is_the_margin()
    {
        // Both look back on quieter days than the stepped ones.
        double[] margin = s_response.Paths[(int)RollOption.None], floor = s_response.Paths[(int)RollOption.Floor], stress = s_response.Paths[(int)RollOption.Stress];
        for (int n = 10; n < After; n++)
        {
            Assert.InRange(floor[n], margin[n] * (1 - Zigzag), margin[n] * (1 + Zigzag));
            Assert.InRange(stress[n], margin[n] * (1 - Zigzag), margin[n] * (1 + Zigzag));
        }
    }

    [Fact]
    public void A_way_that_was_not_followed_within_the_roll_has_no_days() =>
        Assert.Null(s_response.DaysUntil(1.5, RollOption.None));

    [Fact]
    public void Days_are_counted_from_the_first_stepped_one()
    {
        StepResponse response = StepResponse.Of(3, [[10, 20, 29]], [[10, 10, 10]]);
        Assert.Equal(2, response.DaysUntil(0.5, RollOption.None)); // 20 / 10 is half the way to 3
        Assert.Equal(3, response.DaysUntil(0.9, RollOption.None)); // 2.9 is beyond 2.8
        Assert.Null(response.DaysUntil(0.97, RollOption.None));
    }
}
