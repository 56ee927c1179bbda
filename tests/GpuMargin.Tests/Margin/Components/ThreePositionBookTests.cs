using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using Xunit;

namespace GpuMargin.Tests.Margin.Components;

/// <summary>Every component of a requirement against its computation by hand; the book and its scenarios: <see cref="ThreePositionBook"/>.</summary>
public sealed class ThreePositionBookTests
{
    // Shocks are logarithms: e^ln 0.8 and so on are right to 1e-16 of amounts up to 200, and amounts are booked to 15 digits.
    const decimal LogarithmTolerance = 1e-11m;

    static readonly Requirement s_all = Required(ThreePositionBook.EveryComponent);

    [Fact]
    public void Base_is_the_expected_shortfall() => Assert.Equal(27.5m, s_all.Components.Base); // (35 + 20)/2

    [Fact]
    public void Base_can_be_the_value_at_risk() => // the third loss, −3, does not lower a margin below 0; at 75 % the second, 20
        Assert.Equal((0m, 20m), (
            Required(new MarginPolicy { Base = new BaseMargin { Measure = RiskMeasure.ValueAtRisk } }).Components.Base,
            Required(new MarginPolicy { Base = new BaseMargin { Measure = RiskMeasure.ValueAtRisk, Confidence = 0.75m } }).Components.Base));

    [Fact]
    public void A_class_is_read_at_the_end_of_its_margin_period_of_risk()
    {
        // A and C at the end of day 1, B of day 1, then A and C of day 4: 2A − B + 10C of the last two and B is −47 −8 38 −27, mean of the two worst 37.
        BaseMargin terms = new() { MarginPeriodOfRisk = new Dictionary<string, int> { ["stocks"] = 4 } };
        MarginReport report = MarginCalculator.Calculate(
            ThreePositionBook.Set(new MarginPolicy { Base = terms }),
            new ListedBackend(_ => [[-10, 5, -1, -11, -2], [-4, -8, -2, -3, -1], [6, -2, 1, 8, 2], [2, 1, 0, -3, -2]]));
        Assert.Equal(37m, report.Accounts[0].Requirement!.Components.Base);
        Assert.Equal(27.5, report.Accounts[0].ExpectedShortfall.Value);
    }

    [Fact]
    public void Dependence_is_a_quarter_of_the_worst_correlation_over_the_shortfall() =>
        Assert.Equal(2.125m, s_all.Components["dependence"]); // ¼·(max(35, 36, 23) − 27.5)

    [Fact]
    public void Concentration_is_a_quarter_of_two_worst_and_rest_over_the_shortfall() =>
        Assert.Equal(3.875m, s_all.Components["concentration"]); // worst of 2A 20, of 10C 20, −B (5 + 1)/2 = 3: ¼·(43 − 27.5)

    [Fact]
    public void Stress_is_the_larger_of_dependence_and_concentration() => Assert.Equal(3.875m, s_all.Components.Stress);

    [Fact]
    public void Stressed_observations_count_a_quarter_of_what_they_exceed_the_base_by() =>
        // 2·100·(−0.2) + 10·10·0.1 = −30 and −50·0.2 = −10: ¼·(30 − 27.5)
        Assert.InRange(s_all.Components["stressed"], 0.625m - LogarithmTolerance, 0.625m + LogarithmTolerance);

    [Fact]
    public void The_buffer_is_a_quarter_of_the_base_until_it_is_released()
    {
        Assert.Equal(6.875m, s_all.Components["buffer"]);
        Assert.Equal(0m, Required(new MarginPolicy { Components = [new ProcyclicalityBuffer { Released = true }] }).Components["buffer"]);
    }

    [Fact]
    public void The_floor_lifts_the_base_to_the_margin_of_the_long_run_volatility() => Assert.Equal(5.5m, s_all.Components["floor"]); // 33 − 27.5

    [Fact]
    public void A_fifth_of_the_offset_between_product_classes_is_not_given() =>
        Assert.Equal(0.9m, s_all.Components["offset"]); // stocks (30 + 28)/2, bonds 3: 0.2·(32 − 27.5)

    [Fact]
    public void Liquidation_costs_the_half_spread_and_impact_beyond_the_threshold() =>
        // 200·0.01 + 50·0.02 + 100·0.005; A is 2 days' volume, 1.5 beyond the threshold: 0.1·1.5 of ¾ of 200
        Assert.Equal(26m, s_all.Components["liquidity"]);

    [Fact]
    public void The_grid_gives_half_of_the_gains_against_the_losses() =>
        Assert.Equal(27.5m, s_all.Components["grid"]); // −10 %: −20 + ½·5 − 10

    [Fact]
    public void The_calculated_amount_is_the_sum_or_the_grid()
    {
        ComponentAmounts parts = s_all.Components;
        Assert.Equal(parts.Base + parts["stressed"] + parts["floor"] + parts["buffer"] + parts["offset"] + parts.Stress + parts["liquidity"], parts.Model);
        Assert.Equal(parts.Model, parts.Calculated);
        Assert.Equal(270m, Required(new MarginPolicy { Components = [new ScenarioGrid { Range = 0.9, Steps = 1 }] }).Components.Calculated); // 180 + 90
    }

    [Fact]
    public void A_requirement_is_rounded_up_to_the_unit() => Assert.Equal(80m, s_all.Required); // 71.275

    [Fact]
    public void A_requirement_is_at_least_the_minimum() =>
        Assert.Equal(1000m, Required(ThreePositionBook.EveryComponent with { MinimumMargin = 995 }).Required);

    [Fact]
    public void An_account_without_positions_owes_no_minimum()
    {
        ClearingSet set = ThreePositionBook.Set(new MarginPolicy { MinimumMargin = 995 });
        string[] accounts = ["book", "idle"];
        MarginReport report = MarginCalculator.Calculate(
            set with
            {
                Accounts = accounts,
                AccountTerms = [.. accounts.Select(name => new AccountTerms { Member = "M", Type = AccountType.Client, NettingSet = name })],
                Collateral = [new CollateralHolding(1, -1, "USD", 50, 0)],
            },
            ThreePositionBook.Backend);
        Assert.Equal(995m, report.Accounts[0].Requirement!.Required);
        Requirement idle = report.Accounts[1].Requirement!;
        Assert.Equal((0m, 0m, 0m, 50m), (idle.Required, idle.Initial, idle.Maintenance, idle.Excess));
    }

    [Fact]
    public void Collateral_below_the_maintenance_level_is_called_up_to_the_initial_level() =>
        Assert.Equal((80m, 60m, 50m, 0m, 30m), (s_all.Initial, s_all.Maintenance, s_all.Collateral, s_all.Excess, s_all.Called)); // 0.8·71.275 = 57.02

    [Fact]
    public void Collateral_at_the_maintenance_level_is_not_called_and_a_hundredth_less_is()
    {
        Assert.Equal((80m, 60m, 60m, 0m), Called(60));
        Assert.Equal((80m, 60m, 59.99m, 20.01m), Called(59.99));
        Assert.Equal((80m, 60m, 80m, 0m), Called(80));

        static (decimal, decimal, decimal, decimal) Called(double cash)
        {
            Requirement r = Required(ThreePositionBook.EveryComponent, set => set with { Collateral = [new CollateralHolding(0, -1, "USD", cash, 0)] });
            Assert.Equal(0m, r.Excess);
            return (r.Initial, r.Maintenance, r.Collateral, r.Called);
        }
    }

    [Fact]
    public void Collateral_beyond_the_initial_level_is_excess()
    {
        Requirement required = Required(
            ThreePositionBook.EveryComponent with { Levels = new MarginLevels() },
            set => set with { Collateral = [new CollateralHolding(0, 0, "USD", 2, 0.25)] }); // 2·100·¾
        Assert.Equal((150m, 70m, 0m), (required.Collateral, required.Excess, required.Called));
    }

    [Fact]
    public void Simulated_collateral_moves_with_the_book()
    {
        // Two units of A more: 4A − B + 10C is −55 −28 36 7.
        Requirement required = Required(
            new MarginPolicy { Collateral = new CollateralTerms { Valuation = CollateralValuation.Simulated } },
            set => set with { Collateral = [new CollateralHolding(0, 0, "USD", 2, 0)] },
            new ListedBackend(_ => [[-10, 5, -1, -10], [-4, -8, -2, -4], [6, -2, 1, 6], [2, 1, 0, 2]]));
        Assert.Equal((41.5m, 200m, 158.5m), (required.Components.Base, required.Collateral, required.Excess));
    }

    [Fact]
    public void Isolated_positions_are_margined_alone_and_netting_would_save_the_difference()
    {
        // 2A: (20 + 8)/2 = 14, −B: 3, 10C: (20 + 10)/2 = 15.
        Requirement required = Required(new MarginPolicy(), Isolated);
        Assert.Equal((32m, 4.5m), (required.Required, required.NettingWouldSave));
    }

    [Fact]
    public void Accounts_of_one_netting_set_are_one_book()
    {
        ClearingSet set = ThreePositionBook.Set(new MarginPolicy());
        MarginReport report = MarginCalculator.Calculate(
            set with
            {
                Accounts = ["x", "y"],
                Positions = new PositionTable([0, 1, 1], [0, 1, 2], [2, -1, 10]),
                AccountTerms = [.. Enumerable.Repeat(new AccountTerms { Member = "M", Type = AccountType.House, NettingSet = "both" }, 2)],
            },
            ThreePositionBook.Backend);
        Assert.Equal(27.5m, report.Accounts[0].Requirement!.Required);
        Assert.Null(report.Accounts[1].Requirement);
    }

    static ClearingSet Isolated(ClearingSet set) => set with { AccountTerms = [set.AccountTerms[0] with { Mode = MarginMode.Isolated }] };

    static Requirement Required(MarginPolicy policy, Func<ClearingSet, ClearingSet>? change = null, ListedBackend? backend = null) =>
        MarginCalculator.Calculate((change ?? (set => set))(ThreePositionBook.Set(policy)), backend ?? ThreePositionBook.Backend).Accounts[0].Requirement!;
}
