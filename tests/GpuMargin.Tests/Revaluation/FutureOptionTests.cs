using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Revaluation.American;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GpuMargin.Tests.Revaluation;

/// <summary>Options on futures: European ones against the formula of Black (1976), American ones against the solver and a tree.</summary>
public sealed class FutureOptionTests
{
    // Of strike and price. Double: roundings. Mixed: of single precision, of a value of up to the strike.
    const double EuropeanInDouble = 1e-13, EuropeanInMixed = 1e-6;

    // With the surface's error in the scenario and today's.
    const double AmericanInDouble = 2e-9, AmericanInMixed = 2.5e-6;

    static readonly Instrument s_put = AmericanSet.Put with { Type = InstrumentType.FutureOption, DividendYield = 0, Exercise = ExerciseStyle.European };

    static readonly Instrument s_call = s_put with { Name = "call", Right = OptionRight.Call, Strike = 90 };

    static readonly ZeroCurve s_curve = new("USD", [new CurveNode(30, .02, 2), new CurveNode(365, .05)]);

    static readonly Instrument[] s_varied =
    [
        s_put, s_call,
        s_put with { Name = "put, constant volatility", VolatilityFactor = -1 },
        s_call with { Name = "call in EUR", Currency = "EUR", Multiplier = 10 },
        s_put with { Name = "put, rate", RateFactor = 2 },
        s_call with { Name = "call, rate", RateFactor = 2, Strike = 100 },
        s_put with { Name = "put, no rate", Rate = 0 },
        s_put with { Name = "put, curve", Rate = 0, Curve = s_curve },
        s_call with { Name = "call, curve", Rate = 0, Curve = s_curve, Currency = "EUR" },
    ];

    // Hull: F = K = 20, four months, r = 9 %, σ = 25 %.
    [Fact]
    public void A_put_has_the_value_of_the_textbook()
    {
        InstrumentPlan plan = Plan(Set(Precision.Double, s_put with { Strike = 100, YearsToExpiry = 1 / 3.0, Rate = .09, Volatility = .25 }));
        Assert.Equal(1.12, plan.HeldValue[0] / 5, .005);
    }

    [Theory]
    [InlineData(Precision.Double, Ageing.None)]
    [InlineData(Precision.Double, Ageing.Horizon)]
    [InlineData(Precision.Mixed, Ageing.None)]
    [InlineData(Precision.Mixed, Ageing.Horizon)]
    public void Scenarios_of_European_options_agree_with_Black(Precision precision, Ageing ageing) =>
        AssertAgree(AmericanSet.Set(precision, ageing, s_varied), Black, precision == Precision.Double ? EuropeanInDouble : EuropeanInMixed, least: 1300);

    [Theory]
    [InlineData(Precision.Double, Ageing.None)]
    [InlineData(Precision.Double, Ageing.Horizon)]
    [InlineData(Precision.Mixed, Ageing.None)]
    [InlineData(Precision.Mixed, Ageing.Horizon)]
    public void Scenarios_of_American_options_agree_with_the_solver(Precision precision, Ageing ageing) =>
        AssertAgree(AmericanSet.Set(precision, ageing, American(s_varied)), Solved, precision == Precision.Double ? AmericanInDouble : AmericanInMixed, least: 1200);

    [Fact]
    public void Scenarios_of_American_options_agree_with_a_tree()
    {
        ClearingSet set = AmericanSet.Set(Precision.Mixed, Ageing.None, American(s_put with { RateFactor = 2 }, s_call));
        AssertAgree(
            set with { Settings = set.Settings with { Scenarios = 12 } },
            (option, future, rate, volatility, years) => ReferenceTree.Value(option.Right, future, option.Strike, rate, rate, volatility, years),
            tolerance: 2e-4, least: 20);
    }

    [Theory]
    [InlineData(ExerciseStyle.European)]
    [InlineData(ExerciseStyle.American)]
    public void Moves_of_price_and_volatility_are_revalued(ExerciseStyle exercise)
    {
        Instrument[] options = [.. ((Instrument[])[s_put, s_call]).Select(option => option with { Exercise = exercise })];
        InstrumentPlan plan = Plan(Set(Precision.Double, options));
        foreach (double move in (double[])[-.4, -.1, 0, .07, .5])
        {
            foreach (double volatility in (double[])[0, .25, .3, .9])
            {
                for (int i = 0; i < options.Length; i++)
                {
                    double future = AmericanSet.Spot * (1 + move), exercised = Math.Max((options[i].Right == OptionRight.Call ? 1 : -1) * (future - options[i].Strike), 0);
                    double expected = exercise == ExerciseStyle.European ? Black(options[i], future, options[i].Rate, volatility, options[i].YearsToExpiry)
                        : volatility == 0 ? exercised
                        : Solved(options[i], future, options[i].Rate, volatility, options[i].YearsToExpiry);
                    Assert.Equal(expected, plan.HeldValue[i] + MovedInstruments.UnderReturn(plan, i, move, volatility, rateMoves: false), 200 * AmericanInDouble);
                }
            }
        }
    }

    [Theory]
    [InlineData(ExerciseStyle.European)]
    [InlineData(ExerciseStyle.American)]
    public void The_rate_discounts_and_leaves_the_future(ExerciseStyle exercise)
    {
        Instrument option = s_call with { Exercise = exercise, RateFactor = 2 };
        InstrumentPlan plan = Plan(Set(Precision.Double, option));
        Func<Instrument, double, double, double, double, double> value = exercise == ExerciseStyle.European ? Black : Solved;
        double today = value(option, AmericanSet.Spot, option.Rate, option.Volatility, option.YearsToExpiry);
        Assert.Equal(today, plan.HeldValue[0], 1e-7);
        Assert.Equal(0, MovedInstruments.UnderShocks(plan, 0, [0, 0, 0, 0]), 1e-13);
        double then = value(option, AmericanSet.Spot * Math.Exp(-.1), option.Rate + .003, option.Volatility * Math.Exp(.2), option.YearsToExpiry);
        Assert.Equal(then - today, MovedInstruments.UnderShocks(plan, 0, [-.1, .2, .003, 0]), 200 * AmericanInDouble);
    }

    // A short straddle's worst cell: price ±16 %, volatility +50 % or −25 %.
    [Theory]
    [InlineData(ExerciseStyle.European)]
    [InlineData(ExerciseStyle.American)]
    public void The_grid_revalues_every_cell(ExerciseStyle exercise)
    {
        Instrument call = s_call with { Strike = 98, Exercise = exercise }, put = s_put with { Strike = 98, Exercise = exercise };
        ScenarioGrid grid = new() { Range = .16, Steps = 1, VolatilityUp = .5, VolatilityDown = .25, ReferenceDays = call.YearsToExpiry * 365 };
        ClearingSet set = Set(Precision.Double, call, put) with
        {
            Accounts = ["a"],
            Policy = new MarginPolicy { Components = [grid] },
            Positions = new([0, 0], [0, 1], [-1, -1]),
        };
        double worst = ((double[])[-.16, 0, .16]).SelectMany(move => ((double[])[1.5, 1, .75]).Select(up => Straddle(AmericanSet.Spot * (1 + move), up * call.Volatility))).Max();
        Assert.Equal(
            worst - Straddle(AmericanSet.Spot, call.Volatility),
            (double)MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].Requirement!.Components["grid"], 400 * AmericanInDouble);

        double Straddle(double future, double volatility) => ((Instrument[])[call, put]).Sum(option =>
            exercise == ExerciseStyle.European
                ? Black(option, future, option.Rate, volatility, option.YearsToExpiry)
                : Solved(option, future, option.Rate, volatility, option.YearsToExpiry));
    }

    // e^(−rT)·Φ(σ√T/2) at the money.
    [Fact]
    public void Liquidity_is_of_its_delta()
    {
        Instrument option = s_call with { Strike = AmericanSet.Spot };
        ClearingSet set = Set(Precision.Double, option) with
        {
            Policy = new MarginPolicy { Components = [new LiquidityCost()] },
            Liquidity = new LiquidityTable([new LiquidityTerms { Underlying = 0, HalfSpread = .002, AverageDailyVolume = 1e9 }], [0]),
        };
        double delta = Math.Exp(-option.Rate * option.YearsToExpiry) * Normal.CDF(0, 1, option.Volatility * Math.Sqrt(option.YearsToExpiry) / 2);
        Assert.Equal(.002 * AmericanSet.Spot * delta, (double)MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].Requirement!.Components["liquidity"], 1e-8);
    }

    static double Black(Instrument option, double future, double rate, double volatility, double years)
    {
        double sign = option.Right == OptionRight.Call ? 1 : -1, deviation = volatility * Math.Sqrt(years);
        if (deviation == 0)
        {
            return Math.Exp(-rate * years) * Math.Max(sign * (future - option.Strike), 0);
        }

        double d1 = Math.Log(future / option.Strike) / deviation + deviation / 2;
        return Math.Exp(-rate * years) * sign * (future * Normal.CDF(0, 1, sign * d1) - option.Strike * Normal.CDF(0, 1, sign * (d1 - deviation)));
    }

    static double Solved(Instrument option, double future, double rate, double volatility, double years) =>
        new VanillaOption(option.Right, ExerciseStyle.American, future, option.Strike, rate, rate, volatility, years).Price();

    static void AssertAgree(ClearingSet set, Func<Instrument, double, double, double, double, double> value, double tolerance, int least)
    {
        ValuationRun plan = MarginCalculator.Plan(set);
        double[,] shocks = Visited.Scenarios(new CpuBackend(), plan), found = Visited.ProfitAndLoss(new CpuBackend(), plan);
        double passed = set.Settings.Ageing == Ageing.Horizon ? 2 / 365.0 : 0;
        int compared = 0;
        for (int i = 0; i < set.Instruments.Count; i++)
        {
            Instrument option = set.Instruments[i];
            double later = option.YearsToExpiry - passed, fx = option.Currency == "EUR" ? 1.1 : 1;
            double today = value(option, AmericanSet.Spot, option.RateTo(option.YearsToExpiry), option.Volatility, option.YearsToExpiry);
            for (int s = 0; s < plan.Scenarios; s++)
            {
                // The surfaces cover volatilities to a third and three times today's, and so do the comparisons.
                if (option.Exercise == ExerciseStyle.American && (Math.Abs(shocks[s, 0]) > .9 || Math.Abs(shocks[s, 1]) > Math.Log(3)))
                {
                    continue;
                }

                double rate = option.Curve is { } curve ? Reference.ReferenceCurve.ZeroRate(curve.Nodes, later, Row(shocks, s))
                    : option.Rate + (option.RateFactor < 0 ? 0 : shocks[s, 2]);
                double then = value(
                    option, AmericanSet.Spot * Math.Exp(shocks[s, 0]), rate, option.Volatility * Math.Exp(option.VolatilityFactor < 0 ? 0 : shocks[s, 1]), later);
                double expected = option.Multiplier * fx * (then * (fx == 1 ? 1 : Math.Exp(shocks[s, 3])) - today);
                double allowed = option.Multiplier * (option.Strike + AmericanSet.Spot * Math.Max(1, Math.Exp(shocks[s, 0]))) * tolerance;
                Assert.True(Math.Abs(expected - found[s, i]) <= allowed, $"{option.Name}, scenario {s}: {found[s, i]} for {expected}, allowed {allowed}");
                compared++;
            }
        }

        Assert.True(compared >= least, $"{compared} compared");
    }

    static double[] Row(double[,] table, int row) => [.. Enumerable.Range(0, table.GetLength(1)).Select(column => table[row, column])];

    static Instrument[] American(params Instrument[] options) => [.. options.Select(option => option with { Exercise = ExerciseStyle.American })];

    static ClearingSet Set(Precision precision, params Instrument[] options) => AmericanSet.Set(precision, Ageing.None, options);

    static InstrumentPlan Plan(ClearingSet set) => InstrumentPlanner.Plan(set.Settings, set.Factors, set.Instruments);
}
