using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Changes;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Margin;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

public sealed class ClearingSetChangeTests
{
    [Fact]
    public void Trades_are_rows_behind_those_of_the_set()
    {
        ClearingSet set = new VariedSet().Build(Precision.Double);

        ClearingSet changed = new ClearingSetChange { Trades = [new Trade("A3", "I7", -2.5), new Trade("new", "I0", 1)] }.ApplyTo(set);

        Assert.Equal([.. set.Positions.Quantity, -2.5, 1], changed.Positions.Quantity);
        Assert.Equal([.. set.Positions.Instrument, 7, 0], changed.Positions.Instrument);
        Assert.Equal([.. set.Positions.Account, 3, 7], changed.Positions.Account);
        Assert.Equal([.. set.Accounts, "new"], changed.Accounts);
        Assert.Same(set.Factors, changed.Factors);
        Assert.Same(set.Instruments, changed.Instruments);
    }

    [Fact]
    public void An_account_without_positions_comes_to_its_place_among_those_with_positions()
    {
        ClearingSet of = PolicySet.Build(new MarginPolicy());
        ClearingSet set = of with
        {
            Accounts = [.. of.Accounts, "idle", "asleep"],
            AccountTerms = [.. of.AccountTerms, Terms("idle"), Terms("asleep")],
            Collateral = [new CollateralHolding(7, -1, "USD", 5, 0), new CollateralHolding(8, -1, "USD", 6, 0)],
        };

        ClearingSet changed = new ClearingSetChange { Trades = [new Trade("asleep", "I0", 1), new Trade("new", "I0", 1)] }.ApplyTo(set);

        Assert.Equal([.. of.Accounts, "asleep", "new", "idle"], changed.Accounts);
        Assert.Equal(["asleep", "new", "idle"], changed.AccountTerms.Skip(7).Select(terms => terms.NettingSet));
        Assert.Equal([("idle", 5), ("asleep", 6)], changed.Collateral.Select(holding => (changed.Accounts[holding.Account], holding.Quantity)));

        static AccountTerms Terms(string name) => new() { Member = "M", Type = AccountType.Client, NettingSet = name };
    }

    [Fact]
    public void Collateral_is_added_to_the_first_row_of_account_and_asset_or_a_row_of_its_own()
    {
        ClearingSet set = PolicySet.Build(new MarginPolicy { Collateral = new CollateralTerms { Haircuts = new Dictionary<string, double> { ["F3"] = 0.3 } } });

        ClearingSet changed = new ClearingSetChange { Collateral = [new("A1", "EUR", -500), new("A2", "F3", 4), new("A2", "F3", 0.5)] }.ApplyTo(set);

        Assert.Equal(new CollateralHolding(1, -1, "EUR", 0, 0.05), changed.Collateral[2]);
        Assert.Equal([.. set.Collateral.Take(2)], changed.Collateral.Take(2));
        Assert.Equal(new CollateralHolding(2, 3, "USD", 4.5, 0.3), changed.Collateral[^1]);
        Assert.Equal(set.Collateral.Count + 1, changed.Collateral.Count);
    }

    [Fact]
    public void A_shock_moves_the_level_and_with_a_volatility_factor_the_implied_volatilities_on_it()
    {
        ClearingSet set = new VariedSet { Additive = true }.Build(Precision.Double);

        ClearingSet changed = new ClearingSetChange { Shocks = [new("F0", -0.25), new("F1", 0.5), new("F3", -2)] }.ApplyTo(set);

        Assert.Equal([45, 1.5, set.Factors[2].Level, 37.63], changed.Factors.Take(4).Select(factor => factor.Level));
        Assert.Contains(set.Instruments, instrument => instrument.VolatilityFactor == 1);
        Assert.Equal(
            set.Instruments.Select(instrument => instrument.Volatility * (instrument.VolatilityFactor == 1 ? 1.5 : 1)),
            changed.Instruments.Select(instrument => instrument.Volatility));
        Assert.Equal(set.Instruments.Select(instrument => instrument.Strike), changed.Instruments.Select(instrument => instrument.Strike));
    }

    [Fact]
    public void The_stress_model_has_the_levels_of_the_changed_set()
    {
        ClearingSet of = PolicySet.Build(new MarginPolicy());
        ClearingSet set = of with { Stress = new StressSet { Model = new StressModel(of.Factors, of.Correlation, of.Settings.Copula) } };

        ClearingSet changed = new ClearingSetChange { Shocks = [new("F0", 0.5)] }.ApplyTo(set);

        Assert.Equal(changed.Factors.Select(factor => factor.Level), changed.Stress.Model!.Factors.Select(factor => factor.Level));
    }

    [Theory]
    [InlineData("A1", "I99", 1, "Trades: instrument: found 'I99', expected an instrument of the set (did you mean 'I9'?)")]
    [InlineData("A1", "", 1, "Trades: instrument: expected an instrument of the set (it is empty)")]
    [InlineData("A1", "I1", double.NaN, "Trades: quantity: found 'NaN', expected a finite number of contracts")]
    [InlineData(" A1", "I1", 1, "Trades: account: found ' A1', expected a name without blanks around it")]
    [InlineData("shared", "I1", 1, "Trades: account: found 'shared', expected an account of the set, or a new name that no netting set has")]
    public void A_trade_is_refused(string account, string instrument, double quantity, string fault) =>
        AssertRefused(new ClearingSetChange { Trades = [new(account, instrument, quantity)] }, fault);

    [Theory]
    [InlineData("A9", "USD", 1, "Collateral: account: found 'A9', expected an account of the set, or one with a trade (did you mean 'A0'?)")]
    [InlineData("A0", "F1", 1, "Collateral: asset: found 'F1', expected the run's currency, a currency of fx, or a price factor (did you mean 'F0'?)")]
    [InlineData("A0", "USD", -1000.5, "Collateral: quantity: found '-1000.5', expected a number of at least -1000, because 1000 is there")]
    [InlineData("A4", "USD", -1, "Collateral: quantity: found '-1', expected a number of at least 0, because 0 is there")]
    [InlineData("A4", "EUR", 1, "Collateral: asset: found 'EUR', expected an asset with a haircut under collateral.haircuts of policy.json, or one that the account has already, because 'EUR' is not cash in run currency and is not simulated")]
    public void Collateral_is_refused(string account, string asset, double quantity, string fault) =>
        AssertRefused(new ClearingSetChange { Collateral = [new(account, asset, quantity)] }, fault);

    [Theory]
    [InlineData("f0", 0.1, "Shocks: factor: found 'f0', expected a price, additive or volatility factor (did you mean 'F0'?)")]
    [InlineData("F2", 0.1, "Shocks: factor: found 'F2', expected a price, additive or volatility factor ('F2' is a rate factor)")]
    [InlineData("F0", -1, "Shocks: relative: found '-1', expected a finite number above -1, such as -0.1 for a fall by 10 %")]
    [InlineData("F0", double.PositiveInfinity, "Shocks: relative: found 'Infinity', expected a finite number above -1, such as -0.1 for a fall by 10 %")]
    public void A_shock_is_refused(string factor, double relative, string fault) =>
        AssertRefused(new ClearingSetChange { Shocks = [new(factor, relative)] }, fault);

    [Fact]
    public void A_pivot_of_a_surface_is_not_shocked()
    {
        ClearingSet set = new VariedSet { Surfaces = true }.Build(Precision.Double);
        VolatilitySurface surface = set.Instruments.First(instrument => instrument.Surface?.Pivots.Count > 0).Surface!;

        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => new ClearingSetChange { Shocks = [new("F1", 0.1)] }.ApplyTo(set));

        Assert.Equal($"Shocks: factor: found 'F1', expected a factor that moves no volatility surface (surface '{surface.Name}' has a pivot with it)", refused.Message);
    }

    [Fact]
    public void Every_fault_is_told() => AssertRefused(
        new ClearingSetChange { Trades = [new("A1", "X", 1), new("A1", "Y", 1)], Shocks = [new("F0", 0.1), new("F0", 0.1)] },
        "Trades: instrument: found 'X', expected an instrument of the set",
        "Trades: instrument: found 'Y', expected an instrument of the set",
        "Shocks: factor: found 'F0', expected each factor once");

    [Fact]
    public void Collateral_without_a_policy_is_refused()
    {
        ClearingSet set = new VariedSet().Build(Precision.Double);

        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => new ClearingSetChange { Collateral = [new("A0", "USD", 1)] }.ApplyTo(set));

        Assert.Equal("Collateral: expected a policy.json in the set: without one there is no requirement for collateral to cover", refused.Message);
    }

    static void AssertRefused(ClearingSetChange change, params string[] faults)
    {
        ClearingSet set = PolicySet.Build(new MarginPolicy());
        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => change.ApplyTo(set));
        Assert.Equal(faults, refused.Faults.Select(fault => fault.ToString()));
    }
}
