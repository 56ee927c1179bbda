using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>American calls with cash dividends in a run, against the solvers and a tree of its own.</summary>
public sealed class AmericanDividendTests
{
    // The surface's error in the scenario and today's, and rounding to single precision of a value of up to the strike; shares of strike and spot.
    const double DoubleError = 2e-8, MixedError = 2.5e-6;

    // Of a tree of 400 steps, with the ex-dates on them.
    const double TreeError = 1e-3;

    [Theory]
    [InlineData(Precision.Double, Ageing.None)]
    [InlineData(Precision.Double, Ageing.Horizon)]
    [InlineData(Precision.Mixed, Ageing.None)]
    [InlineData(Precision.Mixed, Ageing.Horizon)]
    public void Scenarios_agree_with_the_solver(Precision precision, Ageing ageing)
    {
        ClearingSet set = DividendCallSet.Of(precision, ageing);
        ValuationRun run = MarginCalculator.Plan(set);
        double[,] shocks = Visited.Scenarios(new CpuBackend(), run), found = Visited.ProfitAndLoss(new CpuBackend(), run);
        double passed = ageing == Ageing.Horizon ? 2 / 365.0 : 0;
        int compared = 0;
        for (int i = 0; i < set.Instruments.Count; i++)
        {
            Instrument option = set.Instruments[i];
            for (int s = 0; s < run.Scenarios; s++)
            {
                if (Math.Abs(shocks[s, 1]) < Math.Log(3) && option.YearsToExpiry > .1)
                {
                    bool byOther = precision == Precision.Double && s == 1 && i == 0;
                    double expected = Expected(option, shocks, s, passed, byOther ? ByOther : BySolver);
                    double allowed = 10 * (option.Strike + DividendSet.Level * Math.Exp(shocks[s, 0])) * (precision == Precision.Double ? DoubleError : MixedError);
                    Assert.True(Math.Abs(found[s, i] - expected) <= allowed, $"{option.Name}, scenario {s}: {found[s, i]} for {expected}, allowed {allowed}");
                    compared++;
                }
            }
        }

        Assert.True(compared > 1000, $"{compared} compared");
    }

    [Theory]
    [InlineData(-.6)]
    [InlineData(-.1)]
    [InlineData(0)]
    [InlineData(.25)]
    [InlineData(.6)]
    public void Values_agree_with_a_tree(double move)
    {
        CashDividend[] dividends = [new(.1, 1), new(.35, 2)];
        foreach (double strike in (double[])[60, 80, 100])
        {
            Instrument option = DividendCallSet.Varied[0] with { YearsToExpiry = .5, Strike = strike, Dividends = dividends, Multiplier = 1 };
            InstrumentPlan plan = MarginCalculator.Plan(DividendCallSet.Of(Precision.Mixed, Ageing.None, 150, option)).Instruments;
            foreach (double volatility in (double[])[.05, .1, .3, .9])
            {
                double value = plan.HeldValue[0] + MovedInstruments.UnderReturn(plan, 0, move, volatility, false);
                double expected = ReferenceDividendTree.Call(DividendSet.Level * (1 + move), strike, .03, volatility, .5, [.. dividends.Select(dividend => (dividend.Years, dividend.Amount))], 400);
                Assert.Equal(expected, value, TreeError * strike);
            }
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Without_a_shock_nothing_is_gained(Precision precision)
    {
        ClearingSet set = DividendCallSet.Of(precision, Ageing.None);
        InstrumentPlan plan = MarginCalculator.Plan(set).Instruments;
        for (int place = 0; place < plan.Count; place++)
        {
            Assert.Equal(0, MovedInstruments.UnderShocks(plan, place, [0, 0, 0, 0]), 1e-9);
        }
    }

    [Fact]
    public void Values_rise_with_the_price_without_falling_below_exercise_or_the_European_value()
    {
        ClearingSet american = DividendCallSet.Of(Precision.Double, Ageing.None);
        InstrumentPlan plan = MarginCalculator.Plan(american).Instruments;
        InstrumentPlan european = MarginCalculator.Plan(american with { Instruments = [.. american.Instruments.Select(option => option with { Exercise = ExerciseStyle.European })] }).Instruments;
        for (int i = 0; i < 4; i++)
        {
            int place = plan.PlaceOf[i];
            double strike = american.Instruments[i].Strike, size = plan.FxRate[place] * 10, before = double.NaN, slope = double.NaN;
            double error = size * (strike + 2 * DividendSet.Level) * DoubleError;
            for (double move = -.6; move <= .6; move += .006)
            {
                double value = plan.FxRate[place] * plan.HeldValue[place] + MovedInstruments.UnderReturn(plan, place, move, .3, false);
                Assert.True(value >= Math.Max(0, size * (DividendSet.Level * (1 + move) - strike)) - 1e-9);
                Assert.True(value >= plan.FxRate[place] * european.HeldValue[place] + MovedInstruments.UnderReturn(european, place, move, .3, false) - 1e-9);
                if (!double.IsNaN(before))
                {
                    Assert.True(value - before >= -error, $"{american.Instruments[i].Name} at {move}");
                    Assert.True(double.IsNaN(slope) || value - before - slope >= -2 * error, $"{american.Instruments[i].Name} at {move} is not convex");
                    slope = value - before;
                }

                before = value;
            }
        }
    }

    [Fact]
    public void Without_volatility_the_best_moment_is_known()
    {
        Instrument option = DividendCallSet.Varied[0] with { Multiplier = 1 };
        InstrumentPlan plan = MarginCalculator.Plan(DividendCallSet.Of(Precision.Double, Ageing.None, 150, option)).Instruments;
        foreach (double move in (double[])[-.2, .1, .4])
        {
            Assert.Equal(MovedInstruments.UnderReturn(plan, 0, move, .002, false), MovedInstruments.UnderReturn(plan, 0, move, 0, false), 1e-6);
        }
    }

    [Fact]
    public void A_call_that_is_never_exercised_early_is_the_European_one() =>
        Assert.Null(MarginCalculator.Plan(DividendCallSet.Of(Precision.Mixed, Ageing.None, 150, DividendCallSet.Varied[^1])).Instruments.American[0]);

    [Fact]
    public void Dividends_after_expiry_do_not_count() =>
        Assert.Null(MarginCalculator.Plan(DividendCallSet.Of(Precision.Mixed, Ageing.None, 150, DividendCallSet.Varied[0] with { YearsToExpiry = .5 / 365 })).Instruments.American[0]);

    [Fact]
    public void What_has_no_surface_is_refused()
    {
        Instrument call = DividendCallSet.Varied[0];
        foreach ((Instrument refused, string expected) in ((Instrument, string)[])
        [
            (call with { Right = OptionRight.Put }, "a call, or a put with 'european' exercise"),
            (call with { RateFactor = 2 }, "a call whose rate no factor moves"),
            (call with { Rate = -.01 }, "a rate not below 0"),
            (call with { Strike = 1.5 }, "a strike above the dividends"),
        ])
        {
            Fault fault = Assert.Throws<RefusedInputException>(() => MarginCalculator.Plan(DividendCallSet.Of(Precision.Mixed, Ageing.None, 150, refused))).Faults[0];
            Assert.Equal("american of call", fault.Found);
            Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
            Assert.Contains("dividends.csv has ex-dates before its expiry", fault.Expected, StringComparison.Ordinal);
        }
    }

    delegate double Valuation(Instrument option, double spot, double rate, double volatility, double years, IReadOnlyList<CashDividend> dividends);

    static double BySolver(Instrument option, double spot, double rate, double volatility, double years, IReadOnlyList<CashDividend> dividends)
    {
        CashDividend[] counted = [.. dividends.Where(dividend => dividend.Years <= years)];
        ExDateTerms terms = new(rate, years, [.. counted.Select(dividend => dividend with { Amount = dividend.Amount / option.Strike })], 0, 0, 0, 0);
        double escrowed = spot - counted.Sum(dividend => dividend.Amount * Math.Exp(-rate * dividend.Years));
        return option.Strike * new ExDateCall(terms, terms.ExDates(ExDateTerms.Least), volatility).At(Math.Log(escrowed / option.Strike));
    }

    static double ByOther(Instrument option, double spot, double rate, double volatility, double years, IReadOnlyList<CashDividend> dividends) =>
        new DividendOption(option.Right, option.Exercise, spot, option.Strike, rate, volatility, years, dividends).Price();

    static double Expected(Instrument option, double[,] shocks, int s, double passed, Valuation value)
    {
        double later = option.YearsToExpiry - passed, rate = option.RateTo(later);
        double cash = option.Dividends.Where(dividend => dividend.Years <= passed).Sum(dividend => dividend.Amount * Math.Exp(rate * (passed - dividend.Years)));
        CashDividend[] left = [.. option.Dividends.Where(dividend => dividend.Years > passed).Select(dividend => dividend with { Years = dividend.Years - passed })];
        double today = value(option, DividendSet.Level, rate, option.Volatility, option.YearsToExpiry, option.Dividends);
        double total = DividendSet.Level * Math.Exp(shocks[s, 0]), volatility = option.Volatility * Math.Exp(option.VolatilityFactor < 0 ? 0 : shocks[s, 1]);
        double then = Math.Max(value(option, total - cash, rate, volatility, later, left), total - option.Strike);
        double fx = option.Currency == "EUR" ? 1.1 : 1, fxThen = fx * (option.Currency == "EUR" ? Math.Exp(shocks[s, 3]) : 1);
        return option.Multiplier * (then * fxThen - today * fx);
    }
}
