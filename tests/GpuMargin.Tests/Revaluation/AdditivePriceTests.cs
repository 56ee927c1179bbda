using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Revaluation;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Revaluation;

/// <summary>Prices of any sign, whose shock is added: the engine against the formulas, and what stress moves, the grid and liquidity make of them.</summary>
public sealed class AdditivePriceTests
{
    const double Oil = -37.63, Multiplier = 1000, Rate = .02, Yield = .005, Years = .75;

    [Theory]
    [InlineData(Precision.Double, Ageing.None, 1e-13)]
    [InlineData(Precision.Double, Ageing.Horizon, 1e-13)]
    [InlineData(Precision.Mixed, Ageing.None, 1e-6)]
    [InlineData(Precision.Mixed, Ageing.Horizon, 1e-6)]
    public void Profit_and_loss_is_that_of_the_formulas_in_every_scenario(Precision precision, Ageing ageing, double tolerance)
    {
        ClearingSet set = Set(precision) with { Accounts = ["spot", "perpetual", "future", "euro future", "spread"], Positions = Alone };
        set = set with { Settings = set.Settings with { Ageing = ageing } };
        ValuationRun run = MarginCalculator.Plan(set);
        double[,] shocks = Visited.Scenarios(new CpuBackend(), run), found = Visited.ProfitAndLoss(new CpuBackend(), run);
        double left = Years - (ageing == Ageing.Horizon ? 2 / 365.0 : 0), today = Oil * Math.Exp((Rate - Yield) * Years);
        for (int s = 0; s < set.Settings.Scenarios; s++)
        {
            double oil = Oil + shocks[s, 0], forward = Math.Exp((Rate + shocks[s, 2] - Yield) * left);
            double euro = 1.1 * Math.Exp(shocks[s, 3]);
            double[] expected =
            [
                Multiplier * (oil - Oil), 10 * shocks[s, 1], Multiplier * (oil * Math.Exp((Rate - Yield) * left) - today),
                Multiplier * ((oil * forward) - today) * euro, (2.5 + shocks[s, 1]) * euro - 2.5 * 1.1,
            ];
            for (int account = 0; account < expected.Length; account++)
            {
                Assert.Equal(expected[account], found[s, account], tolerance * (account is 1 or 4 ? 100 : 1e5));
            }
        }
    }

    // The largest shock of a price is e^24; that of an additive one is its units.
    [Fact]
    public void A_move_of_many_units_is_not_clipped()
    {
        ClearingSet set = Set(Precision.Mixed);
        set = set with { Factors = [set.Factors[0] with { Variance = 1e6 }, .. set.Factors.Skip(1)], Settings = set.Settings with { MaximumShock = .01 } };
        double[,] shocks = Visited.Scenarios(new CpuBackend(), MarginCalculator.Plan(set));
        double[] oil = [.. Enumerable.Range(0, 500).Select(s => Math.Abs(shocks[s, 0]))], euro = [.. Enumerable.Range(0, 500).Select(s => Math.Abs(shocks[s, 3]))];
        Assert.InRange(oil.Max(), 2_000, 1e5);
        Assert.Equal((double)(float).01, euro.Max());
    }

    [Fact]
    public void A_stress_move_is_added_in_units_of_the_price()
    {
        InstrumentPlan plan = MarginCalculator.Plan(Set(Precision.Mixed)).Instruments;
        Assert.Equal(-55.9 * Multiplier, MovedInstruments.UnderShocks(plan, plan.PlaceOf[0], [-55.9, 0, 0, 0]), 1e-9);
        double forward = Math.Exp((Rate + .01 - Yield) * Years), today = Oil * Math.Exp((Rate - Yield) * Years);
        Assert.Equal(
            (((Oil - 55.9) * forward) - today) * Multiplier * 1.1 * Math.Exp(.1),
            MovedInstruments.UnderShocks(plan, plan.PlaceOf[3], [-55.9, 0, .01, .1]), 1e-8);
    }

    // A move s of the grid is s·|S|, up for s > 0: 16 % of 37.63.
    [Fact]
    public void The_grid_moves_it_by_a_share_of_its_size()
    {
        ClearingSet set = Set(Precision.Double, new MarginPolicy { Components = [new ScenarioGrid { Range = .16 }] });
        Assert.Equal(.16 * 37.63 * Multiplier, (double)Line(set, "grid"), 1e-6);
        ClearingSet rolled = set with { Policy = new MarginPolicy { Components = [new ScenarioGrid { Range = .16, MinimumAnnualisedMove = .01 }] }, Positions = new([0], [2], [1]) };
        double future = 37.63 * Math.Exp((Rate - Yield) * Years);
        Assert.Equal((.16 + .01) * future * Multiplier, (double)Line(rolled, "grid"), 1e-6);
    }

    [Theory]
    [InlineData(Oil, 37.63 * Multiplier * .002)]
    [InlineData(0, 0)]
    public void Liquidity_is_a_share_of_its_size(double level, double cost)
    {
        ClearingSet set = Set(Precision.Double, new MarginPolicy { Components = [new LiquidityCost()] });
        set = set with
        {
            Factors = [set.Factors[0] with { Level = level }, .. set.Factors.Skip(1)],
            Liquidity = new LiquidityTable([new LiquidityTerms { Underlying = 0, HalfSpread = .002, AverageDailyVolume = 1e9 }], [0, 0, 0, 0, 0]),
        };
        Assert.Equal(cost, (double)Line(set, "liquidity"), 1e-6);
    }

    static PositionTable Alone => new([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [1, 1, 1, 1, 1]);

    static decimal Line(ClearingSet set, string column) => MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].Requirement!.Components[column];

    static ClearingSet Set(Precision precision, MarginPolicy? policy = null) => new()
    {
        Settings = new RunSettings
        {
            AsOf = new DateTimeOffset(2020, 4, 20, 18, 30, 0, TimeSpan.Zero),
            Currency = "USD",
            Copula = new Copula(CopulaFamily.StudentT, 5),
            Fx = new Dictionary<string, FxRate> { ["EUR"] = new("EURUSD", false) },
            Scenarios = 500,
            Precision = precision,
        },
        Factors =
        [
            new RiskFactor { Name = "OIL", Kind = RiskFactorKind.Additive, Level = Oil, Variance = 9, Marginal = MarginalFamily.StudentT, DegreesOfFreedom = 4 },
            new RiskFactor { Name = "SPREAD", Kind = RiskFactorKind.Additive, Level = 2.5, Variance = .04 },
            new RiskFactor { Name = "RATE", Kind = RiskFactorKind.Rate, Level = .02, Variance = 1e-5 },
            new RiskFactor { Name = "EURUSD", Kind = RiskFactorKind.Price, Level = 1.1, Variance = 1e-4 },
        ],
        Correlation = new double[,] { { 1, .5, 0, .2 }, { .5, 1, 0, 0 }, { 0, 0, 1, 0 }, { .2, 0, 0, 1 } },
        Instruments =
        [
            new Instrument { Name = "spot", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD", Multiplier = Multiplier },
            new Instrument { Name = "perpetual", Type = InstrumentType.Perpetual, Underlying = 1, Currency = "USD", Multiplier = 10 },
            new Instrument { Name = "future", Type = InstrumentType.Future, Underlying = 0, Currency = "USD", Multiplier = Multiplier, YearsToExpiry = Years, Rate = Rate, DividendYield = Yield },
            new Instrument { Name = "euro future", Type = InstrumentType.Future, Underlying = 0, Currency = "EUR", Multiplier = Multiplier, YearsToExpiry = Years, Rate = Rate, DividendYield = Yield, RateFactor = 2 },
            new Instrument { Name = "spread", Type = InstrumentType.Spot, Underlying = 1, Currency = "EUR" },
        ],
        Accounts = ["a"],
        Positions = new([0], [0], [1]),
        Policy = policy,
    };
}
