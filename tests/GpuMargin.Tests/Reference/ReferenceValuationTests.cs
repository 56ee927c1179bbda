using GpuMargin.ClearingSets;
using Xunit;
using static GpuMargin.ClearingSets.InstrumentType;

namespace GpuMargin.Tests.Reference;

public sealed class ReferenceValuationTests
{
    const double Rounding = 1e-14; // relative, a few operations in double precision
    const double PrintedTo4Digits = 0.5e-4; // half a unit in the last place that Haug prints

    static readonly double[] s_priceUpTenth = [Math.Log(1.1), 0, 0, 0];

    [Theory]
    [InlineData("spot", 100)]
    [InlineData("perpetual", 100)]
    [InlineData("future", 106.18365465453596)] // 100·e^((0.05 − 0.02)·2)
    public void Linear_contracts_gain_a_tenth_of_the_forward_per_unit(string word, double forward)
    {
        InstrumentType type = All.Single(type => type.Word == word);
        ReferenceValuation valuation = new(SampleSet.Of(SampleSet.Contract(type)));
        Close(forward, valuation.ProfitAndLoss(0, s_priceUpTenth));
        Assert.Equal(type == Spot ? 1000 : 0, valuation.ValueToday(0));
    }

    [Fact]
    public void A_rate_shock_moves_a_future_through_its_carry()
    {
        Instrument future = SampleSet.Contract(Future) with { RateFactor = SampleSet.Rate };
        double gain = new ReferenceValuation(SampleSet.Of(future)).ProfitAndLoss(0, [0, 0, 0, .01]);
        Close(10 * (108.32870676749586 - 106.18365465453596), gain, 1000); // 100·e^0.08, 100·e^0.06
    }

    [Fact]
    public void What_is_held_is_converted_at_both_rates_and_what_is_settled_at_the_scenarios()
    {
        ReferenceValuation valuation = new(SampleSet.Of(
            SampleSet.Contract(Spot) with { Currency = "EUR" },
            SampleSet.Contract(Perpetual) with { Currency = "EUR" }));
        double[] shocks = [Math.Log(1.1), Math.Log(1.2), 0, 0]; // EURUSD 1.25 → 1.5
        Close((1100 * 1.5) - (1000 * 1.25), valuation.ProfitAndLoss(0, shocks), 1000);
        Close(100 * 1.5, valuation.ProfitAndLoss(1, shocks), 1000);
        Close(1250, valuation.ValueTodayInRunCurrency(0));
    }

    [Fact]
    public void A_reciprocal_rate_is_units_of_the_factor_per_run_currency()
    {
        ClearingSet set = SampleSet.Of(SampleSet.Contract(Spot) with { Currency = "XAU" });
        ReferenceValuation valuation = new(set); // 1 XAU = 1/1.25 USD, then 1/1.5 USD
        Close((1100 / 1.5) - (1000 / 1.25), valuation.ProfitAndLoss(0, [Math.Log(1.1), Math.Log(1.2), 0, 0]), 1000);
    }

    [Fact]
    public void An_inverse_perpetual_gains_in_coin_what_makes_its_dollar_gain_linear()
    {
        ReferenceValuation valuation = new(SampleSet.Of(SampleSet.Contract(InversePerpetual) with { Multiplier = 100, Currency = "COIN" }));
        double[] fall = [Math.Log(.8), 0, 0, 0]; // 100 → 80
        Close(100 * ((1.0 / 100) - (1.0 / 80)), valuation.LocalProfitAndLoss(0, fall)); // −0.25 coin
        Close(-20, valuation.ProfitAndLoss(0, fall)); // 100 dollars long, down 20 %
        Close(100, valuation.Notional(0));
        Assert.Equal(0, valuation.ValueToday(0));
    }

    [Fact]
    public void An_inverse_future_uses_forwards()
    {
        ReferenceValuation valuation = new(SampleSet.Of(SampleSet.Contract(InverseFuture) with { Multiplier = 100, Currency = "COIN" }));
        double gain = valuation.LocalProfitAndLoss(0, s_priceUpTenth);
        Close(100 / 106.18365465453596 * (1 - (1 / 1.1)), gain, 1);
        Close(gain * 110, valuation.ProfitAndLoss(0, s_priceUpTenth), 100);
    }

    [Fact]
    public void An_inverse_option_is_worth_its_dollar_value_over_the_forward()
    {
        ClearingSet set = SampleSet.Of(SampleSet.Option(InverseOption) with
        {
            Multiplier = 1,
            Currency = "COIN",
            Strike = 70_000,
            YearsToExpiry = 30.0 / 365,
            Volatility = .6,
            Rate = 0,
            DividendYield = 0,
        });
        RiskFactor coin = set.Factors[0] with { Level = 66_000 };
        ReferenceValuation valuation = new(set with { Factors = [coin, .. set.Factors.Skip(1)] });
        Assert.Equal(.0443933610, valuation.ValueToday(0), 0.5e-10); // printed to 10 digits
        Assert.Equal(2929.961828, valuation.ValueTodayInRunCurrency(0), 0.5e-6);
        Close(66_000, valuation.Notional(0));
    }

    [Fact]
    public void An_inverse_option_with_carry_is_divided_by_the_forward_and_not_by_the_spot()
    {
        ReferenceValuation valuation = new(SampleSet.Of(SampleSet.Option(InverseOption) with { Currency = "COIN" }));
        const double Forward = 102.02013400267558; // 100·e^(0.08·0.25)
        Assert.Equal(21.334 / Forward, valuation.ValueToday(0), 10 * PrintedTo4Digits / Forward);
    }

    [Fact]
    public void A_volatility_shock_multiplies_the_implied_volatility()
    {
        Instrument option = SampleSet.Option(Option) with { Volatility = .2, VolatilityFactor = SampleSet.Volatility };
        ClearingSet set = SampleSet.Of(option);
        double today = new ReferenceValuation(set).ValueToday(0);
        double then = today + new ReferenceValuation(set).ProfitAndLoss(0, [0, 0, Math.Log(1.5), 0]);
        Assert.Equal(21.334, then, 10 * PrintedTo4Digits); // Haug's call at 30 %
        Assert.True(today < then);
    }

    [Fact]
    public void With_ageing_an_option_is_revalued_at_the_end_of_the_horizon()
    {
        Instrument option = SampleSet.Option(Option) with { YearsToExpiry = .25 + (2.0 / 365) };
        ClearingSet aged = SampleSet.Of(Ageing.Horizon, option);
        ReferenceValuation valuation = new(aged);
        double then = valuation.ValueToday(0) + valuation.ProfitAndLoss(0, [0, 0, 0, 0]);
        Assert.Equal(21.334, then, 10 * PrintedTo4Digits); // Haug's call at a quarter year
        Assert.Equal(0, new ReferenceValuation(SampleSet.Of(option)).ProfitAndLoss(0, [0, 0, 0, 0]));
    }

    [Fact]
    public void What_expires_inside_the_horizon_is_worth_its_payoff()
    {
        Instrument option = SampleSet.Option(Option) with { YearsToExpiry = 1.0 / 365, Strike = 65 };
        ReferenceValuation valuation = new(SampleSet.Of(
            Ageing.Horizon, option, option with { Type = InverseOption, Currency = "COIN" }, SampleSet.Contract(Future) with { YearsToExpiry = 1.0 / 365 }));
        double[] doubled = [Math.Log(2), 0, 0, 0]; // 100 → 200, strike 65
        Close(6 * 135, valuation.LocalProfitAndLoss(0, doubled) + valuation.ValueToday(0), 1000);
        Close(6 * 135.0 / 200, valuation.LocalProfitAndLoss(1, doubled) + valuation.ValueToday(1), 10);
        Close(10 * (200 - (100 * Math.Exp(.03 / 365))), valuation.ProfitAndLoss(2, doubled), 1000);
    }

    [Fact]
    public void Account_totals_add_positions_and_gross_notionals_add_net_quantities()
    {
        ClearingSet set = SampleSet.Of(
            SampleSet.Contract(Spot), SampleSet.Contract(Perpetual) with { Currency = "EUR" }) with
        {
            Accounts = ["A", "B"],
            Positions = new([0, 1, 0, 0], [0, 1, 0, 1], [3, -2, -1, 5]),
        };
        double[,] pnl = ReferencePortfolio.ProfitAndLoss(set, new double[,] { { 0, 0, 0, 0 }, { Math.Log(1.1), 0, 0, 0 } });
        Assert.Equal([0, 0], pnl.Column(0));
        Close((2 * 100) + (5 * 125), pnl[0, 1], 1000);
        Close(-2 * 125, pnl[1, 1], 1000);
        Assert.Equal([2000, 0], ReferencePortfolio.Values(set));
        double[] gross = ReferencePortfolio.GrossNotionals(set);
        Close((2 * 1000) + (5 * 1250), gross[0]);
        Close(2 * 1250, gross[1]);
    }

    static void Close(double expected, double actual, double scale = 1) =>
        Assert.Equal(expected, actual, Rounding * Math.Max(Math.Abs(expected), scale));
}
