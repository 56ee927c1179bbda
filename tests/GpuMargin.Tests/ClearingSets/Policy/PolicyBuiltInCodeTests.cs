using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Tests.Margin;
using Xunit;

namespace GpuMargin.Tests.ClearingSets.Policy;

/// <summary>A policy built in C# is held to the same ranges as one that was read.</summary>
public sealed class PolicyBuiltInCodeTests
{
    public static TheoryData<string, MarginPolicy> Faulty => new()
    {
        { "dependence.weight: found '1.5', expected a share from 0 to 1", Of(new DependenceAddOn { Weight = 1.5 }) },
        { "concentration.confidence: found '0.3', expected a confidence level from 0.5 to below 1, such as 0.99", Of(new ConcentrationAddOn { Confidence = 0.3m }) },
        { "dependence.extremeConfidence: found '0.99', expected a confidence level above dependence.confidence, 0.99", Of(new DependenceAddOn { ExtremeConfidence = 0.99m }) },
        { "dependence.extremeConfidence: found '0.99999', expected a confidence level that the run's 1000 scenarios reach; 0.99999 needs at least 100000", Of(new DependenceAddOn { ExtremeConfidence = 0.99999m }) },
        { "stress.weight: found 'NaN', expected a share from 0 to 1", Of(new StressedObservations { Weight = double.NaN }) },
        { "buffer.rate: found '-1', expected a number of at least 0", Of(new ProcyclicalityBuffer { Rate = -1 }) },
        { "offsetLimit: found '2', expected a share from 0 to 1", Of(new OffsetLimit(2)) },
        { "liquidity.impact: found '7', expected 'square-root' or 'linear'", Of(new LiquidityCost { Impact = (ImpactLaw)7 }) },
        { "grid.range: found 'NaN', expected a share greater than 0, below 1", Of(new ScenarioGrid { Range = double.NaN }) },
        { "grid.steps: found '0', expected a whole number of moves to each side from 1 to 100", Of(new ScenarioGrid { Range = 0.1, Steps = 0 }) },
        { "grid.extendedMoves[1]: found '0', expected a price move greater than -1 and not 0, as a return", Of(new ScenarioGrid { Range = 0.1, ExtendedMoves = [0.5, 0] }) },
        { "samplingError.confidence: found '0.9999', expected a confidence level from 0.5 to 0.999, such as 0.95", Of(new SamplingError { Confidence = 0.9999m }) },
        { "shortOptionMinimum.slow: found '-1', expected a number of at least 0", Of(new ShortOptionMinimum(new Dictionary<string, double> { ["slow"] = -1 })) },
        { "shortOptionMinimum.slowly: found 'slowly', expected a product_class of instruments.csv (did you mean 'slow'?)", Of(new ShortOptionMinimum(new Dictionary<string, double> { ["slowly"] = 1 })) },
        { "BufferTwice", Of(new ProcyclicalityBuffer(), new ProcyclicalityBuffer()) },
        { "base.confidence: found '1', expected a confidence level from 0.5 to below 1, such as 0.99", new MarginPolicy { Base = new BaseMargin { Confidence = 1 } } },
        { "base.marginPeriodOfRisk.slow: found '0', expected a whole number of days from 1 to 250", new MarginPolicy { Base = new BaseMargin { MarginPeriodOfRisk = new Dictionary<string, int> { ["slow"] = 0 } } } },
        { "depeg: found '99', expected the index of a price factor", new MarginPolicy { Depegs = [new DepegJump(99, 0.1, 0.1)] } },
        { "depeg.0.fall: found '1', expected a share greater than 0, below 1", new MarginPolicy { Depegs = [new DepegJump(0, 0.1, 1)] } },
        { "collateral.haircuts.EUR: found '2', expected a share from 0 to 1", new MarginPolicy { Collateral = new CollateralTerms { Haircuts = new Dictionary<string, double> { ["EUR"] = 2 } } } },
        { "minimumMargin: found '-1', expected a number of at least 0", new MarginPolicy { MinimumMargin = -1 } },
        { "roundingUnit: found '-1', expected an amount greater than 0 in run currency", new MarginPolicy { RoundingUnit = -1 } },
        { "levels.maintenance: found '2', expected a level of at most levels.initial, 1", new MarginPolicy { Levels = new MarginLevels { Maintenance = 2 } } },
        { "base.confidence: found '0.95', expected at least 0.99 (EMIR RTS Art. 24)", new MarginPolicy { Regulation = Regulation.Emir, Base = new BaseMargin { Confidence = 0.95m }, Components = [new OffsetLimit(0.8), new LongRunFloor()] } },
        { "offsetLimit: found '0.9', expected at most 0.8 (EMIR RTS Art. 27)", new MarginPolicy { Regulation = Regulation.Emir, Base = new BaseMargin { Confidence = 0.99m }, Components = [new OffsetLimit(0.9), new LongRunFloor()] } },
        { "regulation: found 'emir', expected one of 'buffer', 'stress' and 'longRunFloor' with it (EMIR RTS Art. 28(1))", new MarginPolicy { Regulation = Regulation.Emir, Base = new BaseMargin { Confidence = 0.99m }, Components = [new OffsetLimit(0.8)] } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_policy_out_of_range_is_refused(string expected, MarginPolicy policy)
    {
        ClearingSet set = PolicySet.Build(policy);
        set = set with { Settings = set.Settings with { Scenarios = 1000, Confidence = 0.99m, HorizonDays = 2 } };
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => MarginCalculator.Calculate(set, new CpuBackend())).Faults);
        Assert.Equal(("policy.json", null), (fault.File, fault.Line));
        Assert.Equal(expected == "BufferTwice" ? "policy.json: ProcyclicalityBuffer: expected the terms of a component once only" : $"policy.json: {expected}", fault.ToString());
    }

    [Fact]
    public void Terms_are_found_by_their_kind()
    {
        MarginPolicy policy = Of(new OffsetLimit(0.5), new SamplingError()).With(new OffsetLimit(0.7)).Without<SamplingError>();
        Assert.Equal(new OffsetLimit(0.7), Assert.Single(policy.Components));
        Assert.Null(policy.Terms<SamplingError>());
    }

    static MarginPolicy Of(params ComponentTerms[] terms) => new() { Components = terms };
}
