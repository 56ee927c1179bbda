using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Revaluation;

/// <summary>Zero rates of a curve, and what their moves make of instruments.</summary>
public sealed class CurveTests
{
    const double Spot = 100, Yield = .01;

    static readonly ZeroCurve s_curve = new("USD", [new CurveNode(30, .02, 1), new CurveNode(90, .05, 2), new CurveNode(365, .04)]);

    // 60 days: (30·2 % + 90·5 %)/2 = 2.55 day-fractions of 60.
    [Theory]
    [InlineData(1, .02)]
    [InlineData(30, .02)]
    [InlineData(60, .0425)]
    [InlineData(90, .05)]
    [InlineData(227.5, (90 * .05 + 365 * .04) / 2 / 227.5)]
    [InlineData(365, .04)]
    [InlineData(3650, .04)]
    public void Rate_times_time_is_linear_between_nodes_and_the_rate_flat_outside(double days, double rate) =>
        Assert.Equal(rate, s_curve.Rate(days / 365), 1e-15);

    // 60 days: a quarter of the growth is of the first node.
    [Fact]
    public void Two_factors_move_what_lies_between_their_nodes()
    {
        InstrumentPlan plan = Plan(Precision.Double, Future(60, s_curve));
        Assert.Equal(0, MovedInstruments.UnderShocks(plan, 0, [0, 0, 0]));
        double today = Forward(.0425), first = Forward(.0425 + (.25 * .01)), both = Forward(.0425 + (.25 * .01) - (.75 * .02));
        Assert.Equal(first - today, MovedInstruments.UnderShocks(plan, 0, [0, .01, 0]), 1e-13);
        Assert.Equal(both - today, MovedInstruments.UnderShocks(plan, 0, [0, .01, -.02]), 1e-13);

        static double Forward(double rate) => Spot * Math.Exp((rate - Yield) * 60 / 365);
    }

    [Fact]
    public void Beyond_the_last_node_and_at_a_node_without_a_factor_nothing_moves()
    {
        foreach (double days in (double[])[365, 400])
        {
            InstrumentPlan plan = Plan(Precision.Double, Future(days, s_curve));
            Assert.Equal((-1, -1), (plan.RateShock[0], plan.SecondRateShock[0]));
            Assert.Equal(0, MovedInstruments.UnderShocks(plan, 0, [0, .01, .01]));
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void One_node_has_the_bits_of_a_rate_and_its_factor(Precision precision) =>
        AssertSameBits(precision, new ZeroCurve("flat", [new CurveNode(90, .03, 1)]), Future(60, null) with { Rate = .03, RateFactor = 1 });

    [Fact]
    public void Nodes_of_one_factor_move_as_one_rate() =>
        AssertSameBits(Precision.Mixed, new ZeroCurve("parallel", [new CurveNode(30, .03, 1), new CurveNode(90, .03, 1)]), Future(60, null) with { Rate = .03, RateFactor = 1 });

    static void AssertSameBits(Precision precision, ZeroCurve curve, Instrument plain)
    {
        Instrument option = plain with { Name = "option", Type = InstrumentType.Option, Strike = 105, Volatility = .3, Right = OptionRight.Put };
        double[,] expected = Run(precision, plain, option);
        double[,] found = Run(precision, plain with { Rate = 0, RateFactor = -1, Curve = curve }, option with { Rate = 0, RateFactor = -1, Curve = curve });
        Assert.Equal(expected.Cast<double>(), found.Cast<double>());
    }

    static double[,] Run(Precision precision, params Instrument[] instruments) =>
        Visited.ProfitAndLoss(new CpuBackend(), MarginCalculator.Plan(ProfitAndLossOracleTests.OneAccountEach(Set(precision, instruments))));

    static InstrumentPlan Plan(Precision precision, Instrument instrument)
    {
        ClearingSet set = Set(precision, instrument);
        return InstrumentPlanner.Plan(set.Settings, set.Factors, set.Instruments);
    }

    static Instrument Future(double days, ZeroCurve? curve) => new()
    {
        Name = "future",
        Type = InstrumentType.Future,
        Underlying = 0,
        Currency = "USD",
        YearsToExpiry = days / 365,
        DividendYield = Yield,
        Curve = curve,
    };

    static ClearingSet Set(Precision precision, params Instrument[] instruments) => new()
    {
        Settings = new RunSettings
        {
            AsOf = DateTimeOffset.UnixEpoch,
            Currency = "USD",
            Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
            Scenarios = 200,
            Precision = precision,
        },
        Factors =
        [
            new RiskFactor { Name = "S", Kind = RiskFactorKind.Price, Level = Spot, Variance = 4e-4 },
            new RiskFactor { Name = "USD30", Kind = RiskFactorKind.Rate, Level = .02, Variance = 1e-6 },
            new RiskFactor { Name = "USD90", Kind = RiskFactorKind.Rate, Level = .05, Variance = 1e-6 },
        ],
        Correlation = new[,] { { 1, 0, 0 }, { 0, 1, .8 }, { 0, .8, 1 } },
        Instruments = instruments,
        Accounts = ["a"],
        Positions = new([0], [0], [1]),
    };
}
