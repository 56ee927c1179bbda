using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Backends;
using Xunit;
using static GpuMargin.Tests.Revaluation.American.AmericanSet;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>American options in a run, against the solver and against a tree of its own.</summary>
public sealed class AmericanExerciseTests
{
    // Six standard deviations of the rate over the horizon.
    const double MostMove = 6 * .002 * 1.4142135623730951;

    // The surface's error in the scenario and today's, and rounding to single precision of a value of up to the strike.
    const double DoubleError = 2e-9, MixedError = 2.5e-6;

    [Theory]
    [InlineData(Precision.Double, Ageing.None)]
    [InlineData(Precision.Double, Ageing.Horizon)]
    [InlineData(Precision.Mixed, Ageing.None)]
    [InlineData(Precision.Mixed, Ageing.Horizon)]
    public void Scenarios_agree_with_the_solver(Precision precision, Ageing ageing)
    {
        IReadOnlyList<Instrument> instruments = AmericanSet.Varied;
        ClearingSet set = Set(precision, ageing, [.. instruments]);
        ValuationRun plan = MarginCalculator.Plan(set);
        double[,] shocks = Visited.Scenarios(new CpuBackend(), plan), found = Visited.ProfitAndLoss(new CpuBackend(), plan);
        int compared = 0;
        for (int i = 0; i < instruments.Count; i++)
        {
            Instrument option = instruments[i];
            double error = option.Multiplier * (option.Strike + Spot) * (precision == Precision.Double ? DoubleError : MixedError);
            for (int s = 0; s < plan.Scenarios && option.YearsToExpiry > .1; s++)
            {
                double highest = option.RateTo(option.YearsToExpiry - Passed(ageing)) + MostMove, then = highest - MostMove + shocks[s, 2];
                bool rateIsFitted = option.RateFactor < 0 && option.Curve is null || then <= 0 || then > highest / 64 || option.Right == OptionRight.Call;
                if (Math.Abs(shocks[s, 0]) < .9 && Math.Abs(shocks[s, 1]) < Math.Log(3) && rateIsFitted)
                {
                    Assert.True(Math.Abs(Expected(option, shocks, s, ageing, ValueBySolver) - found[s, i]) <= error,
                        $"{option.Name}, scenario {s}: {found[s, i]} for {Expected(option, shocks, s, ageing, ValueBySolver)}, allowed {error}");
                    compared++;
                }
            }
        }

        Assert.True(compared > 1000, $"{compared} compared");
    }

    [Fact]
    public void Scenarios_agree_with_a_tree()
    {
        ClearingSet set = Set(Precision.Mixed, Ageing.None, Put, Call) with { };
        ValuationRun plan = MarginCalculator.Plan(set with { Settings = set.Settings with { Scenarios = 12 } });
        double[,] shocks = Visited.Scenarios(new CpuBackend(), plan), found = Visited.ProfitAndLoss(new CpuBackend(), plan);
        foreach ((int i, Instrument option) in ((int, Instrument)[])[(0, Put), (1, Call)])
        {
            for (int s = 0; s < plan.Scenarios; s++)
            {
                double Tree(Instrument instrument, double spot, double rate, double volatility, double years) =>
                    ReferenceTree.Value(instrument.Right, spot, instrument.Strike, rate, instrument.DividendYield, volatility, years);
                Assert.Equal(Expected(option, shocks, s, Ageing.None, Tree), found[s, i], 4e-4 * option.Strike);
            }
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Without_a_shock_nothing_is_gained(Precision precision)
    {
        InstrumentPlan plan = Plan(Set(precision, Ageing.None, Put, Call));
        Assert.Equal(0, MovedInstruments.UnderShocks(plan, 0, [0, 0, 0, 0]));
        Assert.Equal(0, MovedInstruments.UnderReturn(plan, 1, 0, Call.Volatility, rateMoves: false), 1e-12);
    }

    [Fact]
    public void Values_rise_with_the_price_without_falling_below_exercise_or_the_European_value()
    {
        ClearingSet american = Set(Precision.Double, Ageing.None, Put, Call);
        InstrumentPlan plan = Plan(american);
        InstrumentPlan european = Plan(american with { Instruments = [.. american.Instruments.Select(option => option with { Exercise = ExerciseStyle.European })] });
        for (int i = 0; i < 2; i++)
        {
            double sign = i == 0 ? -1 : 1, error = 2e-9 * 200, before = double.NaN, slope = double.NaN;
            for (double move = -.6; move <= .6; move += .004)
            {
                double value = plan.HeldValue[i] + MovedInstruments.UnderReturn(plan, i, move, .3, false);
                double spot = Spot * (1 + move), exercised = sign * (spot - american.Instruments[i].Strike);
                Assert.True(value >= Math.Max(0, exercised) - 1e-12);
                Assert.True(value >= european.HeldValue[i] + MovedInstruments.UnderReturn(european, i, move, .3, false) - 1e-12);
                if (!double.IsNaN(before))
                {
                    double step = value - before;
                    Assert.True(sign * step >= -error, $"{american.Instruments[i].Name} at {spot}");
                    Assert.True(double.IsNaN(slope) || step - slope >= -2 * error, $"{american.Instruments[i].Name} at {spot} is not convex");
                    slope = step;
                }

                before = value;
            }
        }
    }

    // A call is the put with spot and strike, rate and yield exchanged.
    [Fact]
    public void Puts_and_calls_are_symmetric()
    {
        Instrument put = Put with { Strike = Spot, Rate = .06, DividendYield = .02 };
        Instrument call = put with { Name = "call", Right = OptionRight.Call, Rate = .02, DividendYield = .06 };
        InstrumentPlan plan = Plan(Set(Precision.Double, Ageing.None, put, call));
        Assert.Equal(plan.HeldValue[0], plan.HeldValue[1], 1e-10 * Spot);
        double x = .2;
        double putUp = plan.HeldValue[0] + MovedInstruments.UnderShocks(plan, 0, [-x, .1, 0, 0]), callUp = plan.HeldValue[1] + MovedInstruments.UnderShocks(plan, 1, [x, .1, 0, 0]);
        Assert.Equal(putUp * Math.Exp(x), callUp, 1e-10 * Spot);
    }

    [Fact]
    public void An_option_that_is_never_exercised_early_is_the_European_one()
    {
        Instrument put = Put with { Rate = 0 }, call = Call with { DividendYield = 0 };
        InstrumentPlan plan = Plan(Set(Precision.Mixed, Ageing.None, put, call));
        Assert.All(plan.American, Assert.Null);
        Assert.Equal(0, plan.Premiums.Count);
    }

    [Fact]
    public void Strikes_of_one_expiry_share_a_surface()
    {
        Instrument[] puts = [.. Enumerable.Range(0, 20).Select(k => Put with { Name = $"{k}", Strike = 80 + 2 * k, Volatility = .3 + .005 * k })];
        Assert.Equal(1, Plan(Set(Precision.Mixed, Ageing.None, puts)).Premiums.Count);
    }

    [Fact]
    public void A_rate_that_can_rise_above_zero_gives_a_put_a_premium_there()
    {
        InstrumentPlan plan = Plan(Set(Precision.Double, Ageing.None, Put with { Rate = 0, RateFactor = 2 }));
        Instrument european = Put with { Rate = 0, RateFactor = 2, Exercise = ExerciseStyle.European };
        InstrumentPlan without = Plan(Set(Precision.Double, Ageing.None, european));
        Assert.Equal(without.HeldValue[0], plan.HeldValue[0], 1e-12);
        Assert.Equal(MovedInstruments.UnderShocks(without, 0, [-.2, 0, -.01, 0]), MovedInstruments.UnderShocks(plan, 0, [-.2, 0, -.01, 0]), 1e-12);
        double risen = MovedInstruments.UnderShocks(plan, 0, [-.2, 0, .01, 0]);
        Assert.True(risen > MovedInstruments.UnderShocks(without, 0, [-.2, 0, .01, 0]) + 1e-3);
        Assert.Equal(Expected(Put with { Rate = 0, RateFactor = 2 }, new double[,] { { -.2, 0, .01, 0 } }, 0, Ageing.None, ValueBySolver), risen, 2e-9 * (110 + Spot));
    }

    [Fact]
    public void A_single_scenario_takes_surfaces_of_its_own_volatility_and_rate_alone()
    {
        Instrument[] options = [Put with { RateFactor = 2 }, Call with { RateFactor = 2 }, Put with { Name = "no rate today", Rate = 0, RateFactor = 2 }];
        GivenScenarios source = new() { Name = "one", Rows = new ShockRows(4, 1, 2), Shocks = [0, 0, 0, 0, -.1, .2, .004, 0] };
        ValuationRun run = AccountRun.In(source, Set(Precision.Double, Ageing.None, options));
        Assert.All(run.Instruments.Premiums.All, surface => Assert.Equal((1, 1), (surface.DeviationTerms, surface.RateTerms)));
        double[,] found = Visited.ProfitAndLoss(new CpuBackend(), run), shocks = { { -.1, .2, .004, 0 } };
        for (int i = 0; i < options.Length; i++)
        {
            Assert.Equal(Expected(options[i], shocks, 0, Ageing.None, ValueBySolver), found[0, i], DoubleError * (options[i].Strike + Spot));
        }
    }

    delegate double Valuation(Instrument option, double spot, double rate, double volatility, double years);

    static double ValueBySolver(Instrument option, double spot, double rate, double volatility, double years) =>
        new VanillaOption(option.Right, option.Exercise, spot, option.Strike, rate, option.DividendYield, volatility, years).Price();

    static double Expected(Instrument option, double[,] shocks, int s, Ageing ageing, Valuation value)
    {
        double later = option.YearsToExpiry - Passed(ageing);
        double moved = option.RateFactor >= 0 || option.Curve is not null ? shocks[s, 2] : 0;
        double volatility = option.Volatility * Math.Exp(option.VolatilityFactor < 0 ? 0 : shocks[s, 1]);
        double today = value(option, Spot, option.RateTo(option.YearsToExpiry), option.Volatility, option.YearsToExpiry);
        double then = value(option, Spot * Math.Exp(shocks[s, 0]), option.RateTo(later) + moved, volatility, later);
        double fx = option.Currency == "EUR" ? 1.1 : 1, fxThen = fx * (option.Currency == "EUR" ? Math.Exp(shocks[s, 3]) : 1);
        return option.Multiplier * (then * fxThen - today * fx);
    }

    static double Passed(Ageing ageing) => ageing == Ageing.Horizon ? 2 / 365.0 : 0;

    static InstrumentPlan Plan(ClearingSet set) => InstrumentPlanner.Plan(set.Settings, set.Factors, set.Instruments);
}
