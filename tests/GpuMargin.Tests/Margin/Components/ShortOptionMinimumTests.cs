using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using Xunit;

namespace GpuMargin.Tests.Margin.Components;

/// <summary>The short option minimum by hand: short 2 calls (3 sold, 1 bought), long 2 puts, short 4 coin-margined calls, short 5 futures; each call costs 30 in every scenario, each coin-margined call gives 15.</summary>
public sealed class ShortOptionMinimumTests
{
    static readonly ShortOptionMinimum s_amounts = new(new Dictionary<string, double> { ["equity"] = 25, ["coin"] = 10 });

    [Fact]
    public void Short_contracts_left_after_netting_count() => Assert.Equal(90m, Required(s_amounts).Components["short_option_minimum"]); // 2·25 + 4·10

    [Fact]
    public void A_class_that_is_not_named_has_no_minimum() =>
        Assert.Equal(40m, Required(new ShortOptionMinimum(new Dictionary<string, double> { ["coin"] = 10 })).Components["short_option_minimum"]);

    [Fact]
    public void Calculated_amount_and_levels_are_not_below_it()
    {
        Requirement required = Required(s_amounts, policy => policy with { Levels = new MarginLevels { Initial = 1.5, Maintenance = 0.5 } });
        Assert.Equal((0m, 90m, 90m), (required.Components.Model, required.Components.Calculated, required.Required)); // 60 lost, 60 gained
        Assert.Equal((90m, 90m), (required.Initial, required.Maintenance));
    }

    [Fact]
    public void An_isolated_position_has_its_own()
    {
        // The calls lose 60, above their 50; the coin-margined ones gain and have 40.
        Requirement required = Required(s_amounts, terms: terms => terms with { Mode = MarginMode.Isolated });
        Assert.Equal((60m, 90m, 100m), (required.Components.Model, required.Components["short_option_minimum"], required.Components.Calculated));
        Assert.Equal(10m, required.NettingWouldSave);
    }

    [Fact]
    public void The_minimum_margin_and_the_rounding_come_after_it()
    {
        // As one book it does not move, and needs neither; isolated, the calls lose 60 and the amounts are 100.
        Assert.Equal(90m, Required(s_amounts, policy => policy with { RoundingUnit = 40, MinimumMargin = 105 }).Required);
        Assert.Equal(120m, Required(s_amounts, policy => policy with { RoundingUnit = 40 }, terms => terms with { Mode = MarginMode.Isolated }).Required);
        Assert.Equal(105m, Required(s_amounts, policy => policy with { MinimumMargin = 105 }, terms => terms with { Mode = MarginMode.Isolated }).Required);
    }

    [Fact]
    public void A_model_above_it_stays() => Assert.Equal(
        (300m, 300m),
        Required(s_amounts, profitAndLoss: [150, 0, 0, 0]) is var required ? (required.Components.Model, required.Components.Calculated) : default); // 2·150

    static Requirement Required(
        ShortOptionMinimum amounts, Func<MarginPolicy, MarginPolicy>? change = null, Func<AccountTerms, AccountTerms>? terms = null, double[]? profitAndLoss = null)
    {
        MarginPolicy policy = new() { Components = [amounts] };
        Instrument call = new()
        {
            Name = "CALL",
            Type = InstrumentType.Option,
            Underlying = 0,
            Currency = "USD",
            ProductClass = "equity",
            Strike = 100,
            YearsToExpiry = 1,
            Volatility = 0.2,
            Multiplier = 100,
        };
        ClearingSet set = ThreePositionBook.Set(change is null ? policy : change(policy));
        double[] changes = profitAndLoss ?? [30, 0, -15, 0];
        MarginReport report = MarginCalculator.Calculate(
            set with
            {
                Instruments =
                [
                    call,
                    call with { Name = "PUT", Right = OptionRight.Put },
                    call with { Name = "COIN", Type = InstrumentType.InverseOption, ProductClass = "coin" },
                    new Instrument { Name = "FUTURE", Type = InstrumentType.Future, Underlying = 0, Currency = "USD", ProductClass = "equity", YearsToExpiry = 1 },
                ],
                Positions = new PositionTable([0, 0, 0, 0, 0], [0, 1, 2, 3, 0], [-3, 2, -4, -5, 1]),
                AccountTerms = [terms is null ? set.AccountTerms[0] : terms(set.AccountTerms[0])],
                Liquidity = LiquidityTable.Empty,
                Stress = new StressSet(),
                Collateral = [],
            },
            new ListedBackend(_ => [.. Enumerable.Repeat(InPlanOrder(changes), 4)]));
        return report.Accounts[0].Requirement!;
    }

    // The plan puts spot and futures first, options behind them: FUTURE, CALL, PUT, COIN.
    static double[] InPlanOrder(double[] changes) => [changes[3], changes[0], changes[1], changes[2]];
}
