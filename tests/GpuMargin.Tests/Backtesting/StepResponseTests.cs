using GpuMargin.Backtesting;
using GpuMargin.Calibration;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

/// <summary>An EWMA with decay λ sees a step from σ to kσ on day 1 as variance σ²·(1 + (k² − 1)·(1 − λⁿ)) after n days.</summary>
public sealed class StepResponseTests
{
    const int Before = 300, After = 60;
    const double Step = 2, Decay = VolatilityOptions.RiskMetricsDecay;

    /// <summary>A long position's loss is 1 − exp(shock), concave in volatility, and the decay meets the way between two days.</summary>
    const int DaysOfCurvature = 1;

    static readonly StepResponse s_response = MarginRoll.Calculate(
        SyntheticHistory.Set(SyntheticHistory.History(SyntheticHistory.Alternating(Before + After, 0.01)), scenarios: 1000, withCall: false),
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
        Assert.InRange(s_response.DaysUntil(share, RollOption.None)!.Value, days, days + DaysOfCurvature);
    }

    [Fact]
    public void A_full_buffer_takes_the_first_quarter_of_the_rise()
    {
        // The requirement is 1.25·M before and M while M rises, so half way is where M is 1.5·1.25 times what it was.
        double[] margin = s_response.Paths[(int)RollOption.None], buffer = s_response.Paths[(int)RollOption.Buffer];
        int day = Array.FindIndex(margin, ratio => ratio >= 1.5 * 1.25);
        Assert.Equal(day + 1, s_response.DaysUntil(0.5, RollOption.Buffer));
        Assert.True(day + 1 > s_response.DaysUntil(0.5, RollOption.None) + 10);
        for (int n = 2; margin[n] < 1.25; n++)
            Assert.Equal(1, buffer[n], 1e-12); // the requirement stays: two roundings
    }

    [Fact]
    public void A_stressed_period_and_a_long_look_back_know_the_step_only_as_far_as_they_reach()
    {
        // What is asked beyond the margin was asked before, so they cannot be further on the way than the plain margin by more than its own part.
        double[] margin = s_response.Paths[(int)RollOption.None], floor = s_response.Paths[(int)RollOption.Floor], stress = s_response.Paths[(int)RollOption.Stress];
        for (int n = 10; n < After; n++)
        {
            Assert.InRange(floor[n], 0.99 * margin[n], 1.01 * margin[n]); // a margin above its floor is the margin
            Assert.InRange(stress[n], 0.99 * margin[n], 1.01 * margin[n]);
        }
    }

    [Fact]
    public void A_way_that_was_not_followed_within_the_roll_has_no_days() =>
        Assert.Null(s_response.DaysUntil(1.5, RollOption.None));

    [Fact]
    public void Days_are_counted_from_the_first_stepped_one()
    {
        StepResponse response = StepResponse.Of(3, [[10, 20, 28]], [[10, 10, 10]]);
        Assert.Equal(2, response.DaysUntil(0.5, RollOption.None)); // 20 / 10 is half the way to 3
        Assert.Equal(3, response.DaysUntil(0.9, RollOption.None)); // 2.8
        Assert.Null(response.DaysUntil(0.95, RollOption.None));
    }
}
