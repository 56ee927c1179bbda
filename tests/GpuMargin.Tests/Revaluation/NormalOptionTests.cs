using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.Revaluation;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Revaluation;

/// <summary>European options on prices of any sign: value, limits, and what the policy's components make of them.</summary>
public sealed class NormalOptionTests
{
    const double Rate = .03, Yield = .01, Years = .25;

    // A few roundings of the larger of the legs and of σ√T.
    const double DoubleError = 1e-14, SingleError = 1e-6;

    // At the money of the forward: σ·√(T/2π).
    [Fact]
    public void At_the_money_the_value_is_known()
    {
        double forward = 40 * Math.Exp((Rate - Yield) * Years);
        Assert.Equal(Math.Exp(-Rate * Years) * 12 * Math.Sqrt(Years / (2 * Math.PI)), Value(OptionRight.Call, 40, forward, 12), 1e-13);
    }

    [Theory]
    [InlineData(40, 35, 12)]
    [InlineData(-37.63, -20, 50)]
    [InlineData(-5, 5, 30)]
    [InlineData(0, 0, 3)]
    [InlineData(2000, 100, 40)] // deep
    [InlineData(100, 2000, 40)]
    [InlineData(40, 35, 0)]
    [InlineData(40, 40, 1e-12)]
    public void Values_are_those_of_the_formula_and_of_parity(double spot, double strike, double volatility)
    {
        double call = Value(OptionRight.Call, spot, strike, volatility), put = Value(OptionRight.Put, spot, strike, volatility);
        double scale = Math.Abs(spot) + Math.Abs(strike) + volatility;
        Assert.Equal(ReferenceNormalOption.Value(OptionRight.Call, spot, strike, Rate, Yield, Years, volatility), call, DoubleError * scale);
        Assert.Equal(ReferenceNormalOption.Value(OptionRight.Put, spot, strike, Rate, Yield, Years, volatility), put, DoubleError * scale);
        Assert.Equal((spot * Math.Exp(-Yield * Years)) - (strike * Math.Exp(-Rate * Years)), call - put, DoubleError * scale);
        Assert.True(call >= 0 && put >= 0);
    }

    [Fact]
    public void A_sweep_of_moneyness_agrees_in_both_precisions()
    {
        const double Deviation = 6;
        for (double moneyness = -300; moneyness <= 300; moneyness += .37)
        {
            double exact = ReferenceNormalOption.Value(OptionRight.Call, moneyness, 0, 0, 0, 1, Deviation);
            double intrinsic = Math.Max(moneyness, 0);
            Assert.Equal(exact - intrinsic, TimeValue<Float64>(moneyness, Deviation), DoubleError * (Deviation + intrinsic));
            Assert.Equal(exact - intrinsic, TimeValue<Float32>(moneyness, Deviation), SingleError * Deviation);
            Assert.True(TimeValue<Float32>(moneyness, Deviation) >= 0);
        }

        static double TimeValue<T>(double moneyness, double deviation)
            where T : unmanaged, IHostLane<T> =>
            Lane(NormalOption<T>.Of(1, moneyness, 0, 1, deviation, Math.Max(moneyness, 0)), 0);
    }

    // 2⁻²⁴ of the strike would be a hundred times the move.
    [Theory]
    [InlineData(1e8, .05)]
    [InlineData(1e8, -.05)]
    public void Deep_in_the_money_single_precision_keeps_the_move(double moneyness, double move)
    {
        NormalOption<Float32> option = NormalOption<Float32>.Of(1, moneyness, 0, 1, 10, moneyness);
        Assert.Equal(move, Lane(option, move), Math.Abs(move) * 1e-7);
        Assert.Equal(0, Lane(NormalOption<Float32>.Of(-1, moneyness, 0, 1, 10, 0), move));
    }

    [Theory]
    [InlineData(3, 5, 5)]
    [InlineData(3, -2, -2)]
    [InlineData(3, -7, -3)]
    [InlineData(-3, 2, 0)]
    [InlineData(-3, 5, 2)]
    [InlineData(0, 0, 0)]
    public void Without_volatility_it_is_the_payoff(double moneyness, double move, double paid)
    {
        Assert.Equal(paid, Lane(NormalOption<Float64>.Of(1, moneyness, 0, 1, 0, Math.Max(moneyness, 0)), move), 1e-15);
        Assert.Equal(paid, Lane(NormalOption<Float32>.Of(1, moneyness, 0, 1, 0, Math.Max(moneyness, 0)), move), 1e-15);
    }

    [Fact]
    public void Zero_shocks_give_nothing_and_given_ones_the_formula()
    {
        Instrument option = Option(OptionRight.Put, -30, 50) with { Multiplier = 1000, VolatilityFactor = 1, RateFactor = 2 };
        InstrumentPlan plan = MarginCalculator.Plan(Set(-37.63, option)).Instruments;
        Assert.Equal(0, MovedInstruments.UnderShocks(plan, 0, [0, 0, 0]), 1e-10);
        double today = ReferenceNormalOption.Value(OptionRight.Put, -37.63, -30, Rate, Yield, Years, 50);
        double then = ReferenceNormalOption.Value(OptionRight.Put, -47.63, -30, Rate + .02, Yield, Years, 50 * Math.Exp(.3));
        Assert.Equal(1000 * (then - today), MovedInstruments.UnderShocks(plan, 0, [-10, .3, .02]), 1e-9);
    }

    // Price ±16 % of 37.63, volatility +50 % or −25 %, at least 2 · 37.63; a short straddle's worst cell.
    [Fact]
    public void The_grid_moves_price_and_volatility_in_units_of_the_price()
    {
        ScenarioGrid grid = new() { Range = .16, Steps = 1, VolatilityUp = .5, VolatilityDown = .25, MinimumVolatilityUp = 2, ReferenceDays = 91.25 };
        double today = Straddle(-37.63, 40);
        foreach ((double volatility, double up) in ((double, double)[])[(40, 2 * 37.63), (60, 90)])
        {
            double worst = ((double[])[-.16, 0, .16]).SelectMany(move => ((double[])[up, volatility, .75 * volatility]).Select(vol => Straddle(-37.63 + (move * 37.63), vol))).Max();
            ClearingSet set = Set(-37.63, Option(OptionRight.Call, -35, volatility), Option(OptionRight.Put, -35, volatility)) with
            {
                Policy = new MarginPolicy { Components = [grid] },
                Positions = new([0, 0], [0, 1], [-1, -1]),
            };
            Assert.Equal(worst - Straddle(-37.63, volatility), (double)Line(set, "grid"), 1e-6);
        }

        double Straddle(double spot, double volatility) =>
            ReferenceNormalOption.Value(OptionRight.Call, spot, -35, Rate, Yield, Years, volatility) + ReferenceNormalOption.Value(OptionRight.Put, spot, -35, Rate, Yield, Years, volatility);
    }

    // Half of e^(−qT) at the money, times the size of the level.
    [Fact]
    public void Liquidity_is_of_its_delta()
    {
        double strike = -37.63 * Math.Exp((Rate - Yield) * Years);
        ClearingSet set = Set(-37.63, Option(OptionRight.Put, strike, 50)) with
        {
            Policy = new MarginPolicy { Components = [new LiquidityCost()] },
            Liquidity = new LiquidityTable([new LiquidityTerms { Underlying = 0, HalfSpread = .002, AverageDailyVolume = 1e9 }], [0]),
        };
        Assert.Equal(.002 * 37.63 * .5 * Math.Exp(-Yield * Years), (double)Line(set, "liquidity"), 1e-8);
    }

    [Fact]
    public void Who_has_bought_it_loses_its_value_at_most()
    {
        ClearingSet set = Set(-37.63, Option(OptionRight.Call, -37, 3));
        AccountMargin account = MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0];
        Assert.True(account.Value > 0);
        Assert.InRange(account.ExpectedShortfall.High, 0, account.Value);
    }

    [Theory]
    [InlineData(37.63 * 1.4, 0)] // the model's own is 50
    [InlineData(.3, 1)] // a share
    [InlineData(5000, 1)] // per cent
    public void An_unusual_volatility_is_held_against_the_variance_of_the_price(double volatility, int warnings)
    {
        ClearingSet set = Set(37.63, Option(OptionRight.Call, -3, volatility));
        Assert.Equal(warnings, UnitWarnings.Of(set).Count());
    }

    // Of one-element lanes.
    static unsafe double Lane<T>(NormalOption<T> option, double move)
        where T : unmanaged, IHostLane<T>
    {
        double change = 0;
        T.AddTo(option.Change(T.Of(move), T.Of(0), T.Of(1)), &change);
        return change;
    }

    static double Value(OptionRight right, double spot, double strike, double volatility) =>
        MarginCalculator.Plan(Set(spot, Option(right, strike, volatility))).Instruments.HeldValue[0];

    static decimal Line(ClearingSet set, string column) => MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].Requirement!.Components[column];

    static Instrument Option(OptionRight right, double strike, double volatility) => new()
    {
        Name = $"{right}",
        Type = InstrumentType.Option,
        Underlying = 0,
        Currency = "USD",
        Strike = strike,
        YearsToExpiry = Years,
        Right = right,
        Volatility = volatility,
        Rate = Rate,
        DividendYield = Yield,
    };

    static ClearingSet Set(double level, params Instrument[] instruments) => new()
    {
        Settings = new RunSettings
        {
            AsOf = new DateTimeOffset(2020, 4, 20, 18, 30, 0, TimeSpan.Zero),
            Currency = "USD",
            Copula = new Copula(CopulaFamily.StudentT, 5),
            Scenarios = 500,
            Precision = Precision.Double,
        },
        Factors =
        [
            new RiskFactor { Name = "OIL", Kind = RiskFactorKind.Additive, Level = level, Variance = 9 },
            new RiskFactor { Name = "VOL", Kind = RiskFactorKind.Volatility, Level = 1, Variance = 1e-3 },
            new RiskFactor { Name = "RATE", Kind = RiskFactorKind.Rate, Level = .02, Variance = 1e-5 },
        ],
        Correlation = new[,] { { 1, .3, 0 }, { .3, 1, 0 }, { 0, 0, 1 } },
        Instruments = instruments,
        Accounts = ["a"],
        Positions = new([0], [0], [1]),
    };
}
