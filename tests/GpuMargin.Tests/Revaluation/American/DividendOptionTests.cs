using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

public sealed class DividendOptionTests
{
    const double ExactDigits = 1e-8; // of Roll, Geske and Whaley's formula

    // Of the strike; the grid's error.
    const double PutTolerance = 1e-6 * 100;

    static readonly CashDividend[] s_quarterly = [new(91 / 365.0, 1), new(182 / 365.0, 1), new(273 / 365.0, 1), new(354 / 365.0, 1)];

    static DividendOption Option(OptionRight right, double spot = 100, double rate = .05, double volatility = .3, double years = 1, params CashDividend[] dividends) =>
        new(right, ExerciseStyle.American, spot, 100, rate, volatility, years, dividends);

    [Theory]
    [InlineData(80, 82, .06, 4 / 12.0, 4, 3 / 12.0, 4.386033762524, 3.510745843626)]
    [InlineData(100, 100, .05, 1, 3, .5, 12.473597809494, 12.459942225327)]
    public void A_call_with_one_dividend_has_its_exact_value(
        double spot, double strike, double rate, double years, double amount, double exDate, double american, double european)
    {
        VanillaOptionValue value = new DividendOption(OptionRight.Call, ExerciseStyle.American, spot, strike, rate, .3, years, [new(exDate, amount)]).Value();

        Assert.Equal(american, value.Value, ExactDigits);
        Assert.Equal(european, value.European, ExactDigits);
    }

    [Fact]
    public void Four_dividends_have_the_published_values()
    {
        const double PublishedDigits = 2e-3;

        Assert.Equal(12.2127, Option(OptionRight.Call, dividends: s_quarterly).Value().Value, PublishedDigits);
        Assert.Equal(10.9919, Option(OptionRight.Put, dividends: s_quarterly).Value().Value, PublishedDigits);
    }

    [Theory]
    [InlineData(70, .1, 5e-4)] // near the critical price, where gamma jumps by 0.03
    [InlineData(85, 1e-2, 1e-6)]
    [InlineData(100, 1e-2, 1e-6)]
    [InlineData(130, 1e-2, 1e-6)]
    public void Without_dividends_a_put_is_that_of_the_exact_solver(double spot, double slopes, double gamma)
    {
        VanillaOptionValue exact = new VanillaOption(OptionRight.Put, ExerciseStyle.American, spot, 100, .05, 0, .3, 1).Value(), value = Option(OptionRight.Put, spot).Value();

        Assert.Equal(exact.Value, value.Value, PutTolerance);
        Assert.Equal(exact.Delta, value.Delta, 3e-5);
        Assert.Equal(exact.Gamma, value.Gamma, gamma);
        Assert.Equal(exact.Vega, value.Vega, slopes);
        Assert.Equal(exact.Rho, value.Rho, slopes);
        Assert.Equal(exact.Theta, value.Theta, 10 * slopes);
        Assert.Equal(exact.CriticalPrice!.Value, value.CriticalPrice!.Value, 5e-2);
    }

    [Theory]
    [InlineData(OptionRight.Call, 90)]
    [InlineData(OptionRight.Call, 105)]
    [InlineData(OptionRight.Put, 90)]
    [InlineData(OptionRight.Put, 105)]
    public void Values_agree_with_a_binomial_tree(OptionRight right, double spot)
    {
        const double TreeTolerance = 3e-3; // twice the tree's own change with its steps
        CashDividend[] dividends = [new(.1, 2), new(.35, .5), new(.6, 3)];

        Assert.Equal(
            (Tree(right, spot, dividends, 1990) + Tree(right, spot, dividends, 2000)) / 2,
            Option(right, spot, years: .7, dividends: dividends).Value().Value, TreeTolerance);
    }

    [Theory]
    [InlineData(OptionRight.Call)]
    [InlineData(OptionRight.Put)]
    public void Greeks_are_the_slopes_of_the_value(OptionRight right)
    {
        const double Move = .5;
        VanillaOptionValue value = Option(right, 95, dividends: s_quarterly).Value();
        VanillaOptionValue up = Option(right, 95 + Move, dividends: s_quarterly).Value(), down = Option(right, 95 - Move, dividends: s_quarterly).Value();

        Assert.Equal((up.Value - down.Value) / (2 * Move), value.Delta, 1e-4);
        Assert.Equal((up.Value - 2 * value.Value + down.Value) / (Move * Move), value.Gamma, 1e-4);
    }

    [Theory]
    [InlineData(70)]
    [InlineData(85)]
    [InlineData(100)]
    [InlineData(120)]
    public void A_finer_grid_changes_nothing(double spot)
    {
        double price = spot - s_quarterly.Sum(dividend => dividend.Amount * Math.Exp(-.05 * dividend.Years));
        double fine = new DividendPut(new EscrowedEuropean(-1, 100, .05, .3), 1, s_quarterly, price, size: 400).Premium;

        Assert.Equal(fine, Option(OptionRight.Put, spot, dividends: s_quarterly).Value().Premium, PutTolerance);
    }

    [Fact]
    public void A_put_waits_for_a_dividend()
    {
        CashDividend soon = new(10 / 365.0, 2);

        Assert.Null(Option(OptionRight.Put, 60, dividends: soon).Value().CriticalPrice);
        Assert.True(Option(OptionRight.Put, 60, dividends: soon).Value().Value > 40);
        Assert.Equal(40, Option(OptionRight.Put, 60, dividends: new CashDividend(.9, 2)).Value().Value);
    }

    [Fact]
    public void A_call_is_exercised_only_for_a_dividend_worth_it()
    {
        VanillaOptionValue small = Option(OptionRight.Call, dividends: new CashDividend(.5, 1)).Value();

        Assert.Null(small.CriticalPrice);
        Assert.Equal(small.European, small.Value);
        Assert.NotNull(Option(OptionRight.Call, dividends: new CashDividend(.5, 3)).Value().CriticalPrice);
    }

    [Fact]
    public void A_dividend_on_the_expiry_is_had_by_exercise_before_it()
    {
        CashDividend atExpiry = new(1, 3);
        double before = new VanillaOption(OptionRight.Call, ExerciseStyle.European, 100 - 3 * Math.Exp(-.05), 97, .05, 0, .3, 1).Value().Value;

        Assert.Equal(before, Option(OptionRight.Call, dividends: atExpiry).Value().Value, ExactDigits);
    }

    [Fact]
    public void A_dividend_after_expiry_does_not_count() =>
        Assert.Equal(Option(OptionRight.Call).Value(), Option(OptionRight.Call, dividends: new CashDividend(1.01, 5)).Value());

    public static TheoryData<DividendOption, string> Faults => new()
    {
        { Option(OptionRight.Call, dividends: [new(.5, 1), new(.5, 1)]), "ex-dates lie in the future and rise" },
        { Option(OptionRight.Call, dividends: new CashDividend(0, 1)), "ex-dates lie in the future and rise" },
        { Option(OptionRight.Call, dividends: new CashDividend(.5, -1)), "not below zero" },
        { Option(OptionRight.Call, dividends: new CashDividend(.5, 110)), "less than the spot" },
        { Option(OptionRight.Call, rate: -.01, dividends: new CashDividend(.5, 1)), "not below zero for an American call" },
        { Option(OptionRight.Call, spot: 0, dividends: new CashDividend(.5, 1)), "Spot is 0" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_has_no_value_is_refused(DividendOption option, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => option.Value()).Message, StringComparison.Ordinal);

    static double Tree(OptionRight right, double spot, CashDividend[] dividends, int steps)
    {
        const double Strike = 100, Rate = .05, Volatility = .3, Years = .7;
        double sign = right == OptionRight.Call ? 1 : -1;
        double step = Years / steps, up = Math.Exp(Volatility * Math.Sqrt(step)), discount = Math.Exp(-Rate * step);
        double probability = (Math.Exp(Rate * step) - 1 / up) / (up - 1 / up);
        double price = spot - ToCome(0);
        double[] values = [.. Enumerable.Range(0, steps + 1).Select(i => Math.Max(0, sign * (price * Math.Pow(up, 2 * i - steps) - Strike)))];
        for (int time = steps - 1; time >= 0; time--)
        {
            double toCome = ToCome(time * step);
            for (int i = 0; i <= time; i++)
            {
                double held = discount * (probability * values[i + 1] + (1 - probability) * values[i]);
                values[i] = Math.Max(held, sign * (price * Math.Pow(up, 2 * i - time) + toCome - Strike));
            }
        }

        return values[0];

        double ToCome(double time) => dividends.Where(dividend => dividend.Years > time).Sum(dividend => dividend.Amount * Math.Exp(-Rate * (dividend.Years - time)));
    }
}
