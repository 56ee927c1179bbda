using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using Xunit;

namespace GpuMargin.Tests.ClearingSets.Policy;

public sealed class PolicyReaderTests
{
    [Fact]
    public void Every_section_is_read()
    {
        using SetFolder folder = SetFolder.WithPolicy();

        MarginPolicy policy = folder.Read().Policy!;

        Assert.Equal(Regulation.Emir, policy.Regulation);
        Assert.Equal((RiskMeasure.ExpectedShortfall, 0.99m), (policy.Base.Measure, policy.Base.Confidence));
        Assert.Equal(new Dictionary<string, int> { ["default"] = 2, ["crypto"] = 3 }, policy.Base.MarginPeriodOfRisk);
        Assert.Equal(new DependenceAddOn { Weight = 0.25, Confidence = 0.99m, ExtremeConfidence = 0.995m }, policy.Terms<DependenceAddOn>());
        Assert.Equal(new ConcentrationAddOn(), policy.Terms<ConcentrationAddOn>());
        Assert.Equal(0.3, policy.Terms<StressedObservations>()!.Weight);
        Assert.Equal(new ProcyclicalityBuffer { Rate = 0.25, Released = true }, policy.Terms<ProcyclicalityBuffer>());
        Assert.NotNull(policy.Terms<LongRunFloor>());
        Assert.Equal(0.8, policy.Terms<OffsetLimit>()!.Limit);
        Assert.Equal(new LiquidityCost { Impact = ImpactLaw.Linear, ConcentrationThreshold = 0.1 }, policy.Terms<LiquidityCost>());
        ScenarioGrid grid = policy.Terms<ScenarioGrid>()!;
        Assert.Equal(
            new ScenarioGrid
            {
                Range = 0.16,
                Steps = 4,
                VolatilityUp = 0.5,
                VolatilityDown = 0.25,
                MinimumVolatilityUp = 0.5,
                MinimumAnnualisedMove = 0.01,
                ExtendedMoves = grid.ExtendedMoves,
            },
            grid);
        Assert.Equal([-0.66, -0.33, 0.5, 1, 5], grid.ExtendedMoves);
        Assert.Equal([new DepegJump(0, 0.0005, 0.1)], policy.Depegs);
        Assert.Equal(CollateralValuation.Haircut, policy.Collateral.Valuation);
        Assert.Equal(new Dictionary<string, double> { ["EUR"] = 0.05, ["SPX"] = 0.2 }, policy.Collateral.Haircuts);
        Assert.Equal((500, 0.01m), (policy.MinimumMargin, policy.RoundingUnit));
        Assert.Equal(new MarginLevels { Initial = 1.25, Maintenance = 1 }, policy.Levels);
    }

    [Fact]
    public void A_policy_of_a_version_alone_has_every_component_off()
    {
        using SetFolder folder = new SetFolder().With("policy.json", """{ "$schema": "policy.schema.json", "version": 1 }""");

        MarginPolicy policy = folder.Read().Policy!;

        Assert.Empty(policy.Components);
        Assert.Empty(policy.Depegs);
        Assert.Equal((0, 0m), (policy.MinimumMargin, policy.RoundingUnit));
        Assert.Equal(new MarginLevels { Initial = 1, Maintenance = 1 }, policy.Levels);
        Assert.Equal((RiskMeasure.ExpectedShortfall, (decimal?)null), (policy.Base.Measure, policy.Base.Confidence));
    }

    [Fact]
    public void A_set_without_the_files_has_none_of_it()
    {
        using SetFolder folder = new();

        ClearingSet set = folder.Read();

        Assert.Null(set.Policy);
        Assert.Empty(set.AccountTerms);
        Assert.Empty(set.Collateral);
        Assert.Empty(set.Liquidity.Rows);
        Assert.Empty(set.Stress.Moves);
        Assert.Null(set.Stress.Model);
        Assert.Empty(set.Warnings);
        Assert.All(set.Instruments, instrument => Assert.Equal(BaseMargin.DefaultClass, instrument.ProductClass));
    }

    [Fact]
    public void The_margin_period_of_a_class_is_its_own_else_the_default_else_the_horizon()
    {
        BaseMargin margin = new() { MarginPeriodOfRisk = new Dictionary<string, int> { ["otc"] = 5 } };

        Assert.Equal(5, margin.Days("otc", 3));
        Assert.Equal(3, margin.Days("listed", 3));
        Assert.Equal(2, (margin with { MarginPeriodOfRisk = new Dictionary<string, int> { ["otc"] = 5, ["default"] = 2 } }).Days("listed", 3));
    }

    [Fact]
    public void The_files_are_fingerprinted_as_inputs()
    {
        using SetFolder moves = SetFolder.WithPolicy();
        using SetFolder model = SetFolder.WithStressModel();

        string[] common = ["accounts.csv", "collateral.csv", "correlation.csv", "factors.csv", "instruments.csv", "liquidity.csv", "policy.json", "positions.csv", "residuals.csv", "run.json"];
        Assert.Equal([.. common, "stress.csv"], moves.Read().Inputs.Select(file => file.Name));
        Assert.Equal(
            [.. common, "stress/correlation.csv", "stress/factors.csv", "stress/residuals.csv", "stress/run.json"],
            model.Read().Inputs.Select(file => file.Name));
    }

    [Fact]
    public void What_is_there_and_not_used_is_warned_of()
    {
        using SetFolder folder = SetFolder.WithPolicy().With("policy.json",
            """
            {
              "version": 1, "offsetLimit": 0.5,
              "base": { "marginPeriodOfRisk": { "default": 2, "agricultural": 3 } },
              "collateral": { "valuation": "simulated", "haircuts": { "Gold bars": 0.1 } }
            }
            """);
        folder.Replacing("instruments.csv", ",crypto", ",").Replacing("instruments.csv", ",fx", ",");

        Assert.Equal(
            [
                "collateral.haircuts.Gold bars of policy.json has no effect: the set knows no asset 'Gold bars'.",
                "base.marginPeriodOfRisk.agricultural of policy.json has no effect: no instrument is of product class 'agricultural'.",
                "offsetLimit of policy.json has no effect: every instrument is of product class 'default'.",
                "liquidity.csv is not used: there is no section 'liquidity' in policy.json.",
                "The stressed observations are not used: there is no section 'stress' in policy.json.",
            ],
            folder.Read().Warnings);
    }

    [Fact]
    public void A_policy_that_names_no_regulation_may_be_below_its_minima()
    {
        using SetFolder folder = SetFolder.WithPolicy()
            .Replacing("policy.json", "\"emir\"", "\"none\"").Replacing("policy.json", "\"weight\": 0.3", "\"weight\": 0.1")
            .Replacing("policy.json", "\"offsetLimit\": 0.8", "\"offsetLimit\": 1").Replacing("policy.json", "\"default\": 2", "\"default\": 1");

        Assert.Equal(0.1, folder.Read().Policy!.Terms<StressedObservations>()!.Weight);
    }
}
