using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

public sealed class VanillaOptionTests
{
    // Ten digits on which a fixed-point solver and QuantLib agree.
    const double PublishedDigits = 1e-9;

    public static TheoryData<OptionRight, double, double, double, double, int, double, double, double> Published => new()
    {
        { OptionRight.Put, 100, .05, 0, .30, 365, 9.354197236057, 9.87006394995, 69.1241276357 },
        { OptionRight.Put, 90, .05, .015, .30, 183, 12.664413081916, 13.02952875547, 72.1594467190 },
        { OptionRight.Put, 100, .02, 0, .20, 91, 3.728647734426, 3.76344270721, 83.2595578584 },
        { OptionRight.Call, 100, .05, .03, .25, 365, 10.549284934339, 10.550754604801, 198.464995361 },
        { OptionRight.Call, 100, .01, .04, .20, 730, 8.086726996993, 8.7867626448, 136.098938159 },
        { OptionRight.Call, 100, .05, .05, .25, 182, 6.860378463828, 6.893849391584, 141.925099807 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_values_are_met(
        OptionRight right, double spot, double rate, double yield, double volatility, int days, double european, double american, double critical)
    {
        VanillaOptionValue value = new VanillaOption(right, ExerciseStyle.American, spot, 100, rate, yield, volatility, days / 365.0).Value();

        Assert.Equal(european, value.European, PublishedDigits);
        Assert.Equal(american, value.Value, PublishedDigits);
        Assert.Equal(critical, value.CriticalPrice!.Value, 2e-8);
    }

    [Theory]
    [InlineData(.05, .106952702747)]
    [InlineData(.075, .36711114062)]
    public void Published_premiums_are_met(double rate, double premium) =>
        Assert.Equal(premium, new VanillaOption(OptionRight.Put, ExerciseStyle.American, 100, 100, rate, .05, .25, 1).Value().Premium, PublishedDigits);

    [Theory]
    [InlineData(OptionRight.Put, -0.01, 0.02)]
    [InlineData(OptionRight.Put, 0, 0)]
    [InlineData(OptionRight.Call, 0.05, 0)]
    [InlineData(OptionRight.Call, 0.03, -0.01)]
    public void An_option_that_is_never_exercised_early_is_the_European_one(OptionRight right, double rate, double yield)
    {
        VanillaOptionValue value = new VanillaOption(right, ExerciseStyle.American, 100, 110, rate, yield, .3, 1).Value();

        Assert.Equal(0, value.Premium);
        Assert.Null(value.CriticalPrice);
    }

    [Theory]
    [InlineData(OptionRight.Put, -0.01, -0.02)]
    [InlineData(OptionRight.Call, -0.02, -0.01)]
    public void Two_critical_prices_are_refused(OptionRight right, double rate, double yield) =>
        Assert.Contains("two critical prices", Assert.Throws<ArgumentException>(() => new VanillaOption(right, ExerciseStyle.American, 100, 110, rate, yield, .3, 1).Value()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(OptionRight.Put, 95)]
    [InlineData(OptionRight.Put, 75)]
    [InlineData(OptionRight.Put, 130)]
    [InlineData(OptionRight.Call, 105)]
    [InlineData(OptionRight.Call, 125)]
    public void Greeks_are_the_slopes_of_the_value(OptionRight right, double spot)
    {
        const double Step = 1e-3, Tolerance = 1e-6; // a difference's error is about Step²
        VanillaOption option = new(right, ExerciseStyle.American, spot, 100, .04, .05, .3, 0.75);

        VanillaOptionValue value = option.Value(), up = (option with { Spot = spot + Step }).Value(), down = (option with { Spot = spot - Step }).Value();
        double theta = -((option with { Years = option.Years + Step }).Value().Value - (option with { Years = option.Years - Step }).Value().Value) / (2 * Step);

        Assert.Equal((up.Value - down.Value) / (2 * Step), value.Delta, Tolerance);
        Assert.Equal((up.Delta - down.Delta) / (2 * Step), value.Gamma, Tolerance);
        Assert.Equal(theta, value.Theta, 1e-4);
    }
}
