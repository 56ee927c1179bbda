using GpuMargin.ClearingSets;
using MathNet.Numerics.Distributions;
using Xunit;
using static GpuMargin.ClearingSets.OptionRight;

namespace GpuMargin.Tests.Reference;

public sealed class ReferenceOptionTests
{
    const double PrintedTo4Digits = 0.5e-4; // half a unit in the last place that Haug prints
    const double Rounding = 1e-13; // a few operations on numbers of the size of the spot, relative

    [Theory]
    [InlineData(Call, 60, 65, 0, .08, .25, .30, 2.1334)]
    [InlineData(Put, 100, 95, .05, .10, .5, .20, 2.4648)]
    [InlineData(Put, 19, 19, .10, .10, .75, .28, 1.7011)]
    [InlineData(Call, 42, 40, .08, .04, .75, .35, 5.0975)]
    public void European_values_are_those_of_Haug(
        OptionRight right, double spot, double strike, double dividendYield, double rate, double years, double volatility, double value) =>
        Assert.Equal(value, ReferenceOption.Value(right, spot, strike, rate, dividendYield, years, volatility), PrintedTo4Digits);

    [Theory]
    [InlineData(Call)]
    [InlineData(Put)]
    public void Black_76_at_the_money_is_Haugs_value_for_both_rights(OptionRight right) =>
        Assert.Equal(6.6997, ReferenceOption.Black76(right, 100, 100, .1, .5, .25), PrintedTo4Digits);

    [Fact]
    public void A_coin_margined_call_and_put_have_their_published_values()
    {
        const double Printed = 0.5e-10; // coin values are printed to 10 digits
        double call = ReferenceOption.Value(Call, 66_000, 70_000, 0, 0, 30.0 / 365, .6);
        double put = ReferenceOption.Value(Put, 66_000, 70_000, 0, 0, 30.0 / 365, .6);
        Assert.Equal(2929.961828, call, 0.5e-6);
        Assert.Equal(.0443933610, call / 66_000, Printed);
        Assert.Equal(.1049994216, put / 66_000, Printed);
    }

    [Fact]
    public void Call_minus_put_is_the_discounted_forward_minus_strike()
    {
        foreach (double strike in (double[])[1, 50, 99, 100, 101, 200, 5000])
        {
            foreach (double volatility in (double[])[0, .01, .2, 1, 3])
            {
                foreach (double years in (double[])[0, 1.0 / 365, .5, 10])
                {
                    foreach (double rate in (double[])[-.02, 0, .07])
                    {
                        double call = ReferenceOption.Value(Call, 100, strike, rate, .03, years, volatility);
                        double put = ReferenceOption.Value(Put, 100, strike, rate, .03, years, volatility);
                        double parity = (100 * Math.Exp(-.03 * years)) - (strike * Math.Exp(-rate * years));
                        Assert.Equal(parity, call - put, Rounding * (100 + strike));
                        Assert.True(call >= Math.Max(parity, 0) - (Rounding * (100 + strike)));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(Call, 120, 20)]
    [InlineData(Call, 80, 0)]
    [InlineData(Put, 80, 20)]
    [InlineData(Put, 100, 0)]
    public void At_expiry_the_value_is_the_payoff(OptionRight right, double spot, double payoff) =>
        Assert.Equal(payoff, ReferenceOption.Value(right, spot, 100, .05, .02, 0, .3));

    [Fact]
    public void Zero_volatility_is_the_limit_of_small_volatility_and_the_discounted_payoff_at_the_forward()
    {
        double zero = ReferenceOption.Value(Call, 100, 90, .05, .02, 1, 0);
        double forward = ReferenceOption.Forward(100, .05, .02, 1);
        Assert.Equal(Math.Exp(-.05) * (forward - 90), zero, 100 * Rounding);
        Assert.Equal(ReferenceOption.Value(Call, 100, 90, .05, .02, 1, 1e-3), zero, 100 * Rounding);
        Assert.Equal(0, ReferenceOption.Value(Put, 100, 90, .05, .02, 1, 0));
    }

    [Fact]
    public void Unlimited_volatility_makes_a_call_worth_the_asset_and_a_put_the_cash()
    {
        Assert.Equal(100 * Math.Exp(-.02), ReferenceOption.Value(Call, 100, 90, .05, .02, 1, 100), 100 * Rounding);
        Assert.Equal(90 * Math.Exp(-.05), ReferenceOption.Value(Put, 100, 90, .05, .02, 1, 100), 100 * Rounding);
    }

    [Theory]
    [InlineData(-8, 6.22096057427178412e-16)]
    [InlineData(-5, 2.86651571879193912e-7)]
    [InlineData(-2.5, 0.00620966532577613517)]
    [InlineData(-1, 0.158655253931457051)]
    [InlineData(-0.3, 0.382088577811047367)]
    [InlineData(0.7, 0.758036347776926971)]
    [InlineData(2, 0.977249868051820793)]
    [InlineData(6, 0.999999999013412355)]
    public void The_normal_distribution_function_of_MathNet_is_good_to_its_last_digits(double x, double phi)
    {
        const double LastDigits = 4.5e-16; // two units of the last place at 1
        Assert.Equal(phi, Normal.CDF(0, 1, x), LastDigits);
        Assert.Equal(phi, ReferenceNormal.Cdf(x), LastDigits);
    }
}
