using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>American options with cash dividends in a run, against the solvers and a tree of its own.</summary>
public sealed class AmericanDividendTests
{
    // The surface's error in the scenario and today's, and rounding to single precision of a value of up to the strike; shares of strike and spot.
    const double DoubleError = 2e-8, DoubleErrorOfPuts = 2e-7, MixedError = 2.5e-6;

    // Of a tree of 400 steps, with the ex-dates on them.
    const double TreeError = 1e-3;

    [Theory]
    [InlineData(Precision.Double, Ageing.None)]
    [InlineData(Precision.Double, Ageing.Horizon)]
    [InlineData(Precision.Mixed, Ageing.None)]
    [InlineData(Precision.Mixed, Ageing.Horizon)]
    public void Scenarios_agree_with_the_solver(Precision precision, Ageing ageing)
    {
        ClearingSet set = DividendOptionSet.Of(precision, ageing);
        ValuationRun run = MarginCalculator.Plan(set);
        double[,] shocks = Visited.Scenarios(new CpuBackend(), run), found = Visited.ProfitAndLoss(new CpuBackend(), run);
        double passed = ageing == Ageing.Horizon ? 2 / 365.0 : 0;
        int compared = 0;
        for (int i = 0; i < set.Instruments.Count; i++)
        {
            Instrument option = set.Instruments[i];
            for (int s = 0; s < run.Scenarios; s++)
            {
                if (Math.Abs(shocks[s, 1]) < Math.Log(3) && option.YearsToExpiry > .1 && s % (option.Right == OptionRight.Call ? 1 : 5) == 0)
                {
                    bool byOther = precision == Precision.Double && s == 1 && i == 0;
                    double expected = Expected(option, shocks, s, passed, byOther ? ByOther : BySolver);
                    double allowed = 10 * (option.Strike + DividendSet.Level * Math.Exp(shocks[s, 0])) * Error(precision, option);
                    Assert.True(Math.Abs(found[s, i] - expected) <= allowed, $"{option.Name}, scenario {s}: {found[s, i]} for {expected}, allowed {allowed}");
                    compared++;
                }
            }
        }

        Assert.True(compared > 1000, $"{compared} compared");
    }

    [Theory]
    [InlineData(OptionRight.Call, .03)]
    [InlineData(OptionRight.Put, .03)]
    [InlineData(OptionRight.Put, .25)] // exercised between the ex-dates
    public void Values_agree_with_a_tree(OptionRight right, double rate)
    {
        CashDividend[] dividends = [new(.1, 1), new(.35, 2)];
        foreach (double strike in (double[])[60, 80, 100])
        {
            Instrument option = DividendOptionSet.Varied[0] with { Right = right, Rate = rate, YearsToExpiry = .5, Strike = strike, Dividends = dividends, Multiplier = 1 };
            InstrumentPlan plan = MarginCalculator.Plan(DividendOptionSet.Of(Precision.Mixed, Ageing.None, 150, option)).Instruments;
            foreach ((double move, double volatility) in from move in (double[])[-.6, -.1, 0, .25, .6] from volatility in (double[])[.05, .1, .3, .9] select (move, volatility))
            {
                double value = plan.HeldValue[0] + MovedInstruments.UnderReturn(plan, 0, move, volatility, false);
                double expected = ReferenceDividendTree.Value(right == OptionRight.Call ? 1 : -1, DividendSet.Level * (1 + move), strike, rate, volatility, .5, [.. dividends.Select(dividend => (dividend.Years, dividend.Amount))], 400);
                Assert.Equal(expected, value, TreeError * strike);
            }
        }
    }

    [Theory]
    [InlineData(OptionRight.Call, 8, .25, .65, .03)]
    [InlineData(OptionRight.Call, 12, 1 / 12.0, .3, .02)]
    [InlineData(OptionRight.Put, 8, .25, .65, .03)]
    [InlineData(OptionRight.Put, 12, 1 / 12.0, .3, .04)]
    [InlineData(OptionRight.Put, 12, 1 / 12.0, .005, .03)] // hours of interest outweigh a dividend
    public void Values_with_many_ex_dates_agree_with_a_tree(OptionRight right, int count, double gap, double amount, double rate)
    {
        double years = count * gap, strike = 100;
        CashDividend[] dividends = [.. Enumerable.Range(0, count).Select(i => new CashDividend((i + .5) * gap, amount))];
        Instrument option = DividendOptionSet.Varied[0] with { Right = right, Rate = rate, YearsToExpiry = years, Strike = strike, Dividends = dividends, Multiplier = 1 };
        InstrumentPlan plan = MarginCalculator.Plan(DividendOptionSet.Of(Precision.Mixed, Ageing.None, 150, option)).Instruments;
        foreach (double volatility in (double[])[.15, .3, .6])
        {
            double value = plan.HeldValue[0] + MovedInstruments.UnderReturn(plan, 0, 0, volatility, false);
            double expected = ReferenceDividendTree.Value(right == OptionRight.Call ? 1 : -1, DividendSet.Level, strike, rate, volatility, years, [.. dividends.Select(dividend => (dividend.Years, dividend.Amount))], 480);
            Assert.Equal(expected, value, TreeError * strike);
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Without_a_shock_nothing_is_gained(Precision precision)
    {
        ClearingSet set = DividendOptionSet.Of(precision, Ageing.None);
        InstrumentPlan plan = MarginCalculator.Plan(set).Instruments;
        for (int place = 0; place < plan.Count; place++)
        {
            Assert.Equal(0, MovedInstruments.UnderShocks(plan, place, [0, 0, 0, 0]), 1e-9);
        }
    }

    [Fact]
    public void Values_are_monotone_and_convex_in_the_price_and_not_below_exercise_or_the_European_value()
    {
        Instrument[] options = [.. DividendOptionSet.Varied.Where(option => option.YearsToExpiry > .1 && option.VolatilityFactor >= 0 && option.Rate > 0 && option.Strike is > 50 and < 200)];
        ClearingSet american = DividendOptionSet.Of(Precision.Double, Ageing.None, 150, options);
        InstrumentPlan plan = MarginCalculator.Plan(american).Instruments;
        InstrumentPlan european = MarginCalculator.Plan(american with { Instruments = [.. american.Instruments.Select(option => option with { Exercise = ExerciseStyle.European })] }).Instruments;
        Assert.True(options.Length > 8);
        for (int i = 0; i < options.Length; i++)
        {
            int place = plan.PlaceOf[i];
            double strike = american.Instruments[i].Strike, size = plan.FxRate[place] * 10, before = double.NaN, slope = double.NaN;
            double error = size * (strike + 2 * DividendSet.Level) * Error(Precision.Double, options[i]);
            int sign = options[i].Right == OptionRight.Call ? 1 : -1;
            for (double move = -.6; move <= .6; move += .006)
            {
                double value = plan.FxRate[place] * plan.HeldValue[place] + MovedInstruments.UnderReturn(plan, place, move, .3, false);
                Assert.True(value >= Math.Max(0, size * sign * (DividendSet.Level * (1 + move) - strike)) - 1e-9);
                Assert.True(value >= plan.FxRate[place] * european.HeldValue[place] + MovedInstruments.UnderReturn(european, place, move, .3, false) - 1e-9);
                if (!double.IsNaN(before))
                {
                    Assert.True(sign * (value - before) >= -error, $"{american.Instruments[i].Name} at {move}");
                    Assert.True(double.IsNaN(slope) || value - before - slope >= -2 * error, $"{american.Instruments[i].Name} at {move} is not convex");
                    slope = value - before;
                }

                before = value;
            }
        }
    }

    [Theory]
    [InlineData(OptionRight.Call)]
    [InlineData(OptionRight.Put)]
    public void Without_volatility_the_best_moment_is_known(OptionRight right)
    {
        Instrument option = DividendOptionSet.Varied[0] with { Multiplier = 1, Right = right };
        InstrumentPlan plan = MarginCalculator.Plan(DividendOptionSet.Of(Precision.Double, Ageing.None, 150, option)).Instruments;
        foreach (double move in (double[])[-.2, .1, .4])
        {
            Assert.Equal(MovedInstruments.UnderReturn(plan, 0, move, .002, false), MovedInstruments.UnderReturn(plan, 0, move, 0, false), 1e-6);
        }
    }

    [Fact]
    public void A_call_that_is_never_exercised_early_is_the_European_one() =>
        Assert.Null(MarginCalculator.Plan(DividendOptionSet.Of(Precision.Mixed, Ageing.None, 150, DividendOptionSet.Varied[^1])).Instruments.American[0]);

    [Fact]
    public void Dividends_after_expiry_do_not_count() =>
        Assert.Null(MarginCalculator.Plan(DividendOptionSet.Of(Precision.Mixed, Ageing.None, 150, DividendOptionSet.Varied[0] with { YearsToExpiry = .5 / 365 })).Instruments.American[0]);

    [Fact]
    public void What_has_no_surface_is_refused()
    {
        Instrument call = DividendOptionSet.Varied[0];
        foreach ((Instrument refused, string expected) in ((Instrument, string)[])
        [
            (call with { RateFactor = 2 }, "rates that no factor moves"),
            (call with { Rate = -.01 }, "rates of at least 0"),
            (call with { Strike = 1.5 }, "strikes above the dividends"),
        ])
        {
            Fault fault = Assert.Throws<RefusedInputException>(() => MarginCalculator.Plan(DividendOptionSet.Of(Precision.Mixed, Ageing.None, 150, refused))).Faults[0];
            Assert.Equal("american of call", fault.Found);
            Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
            Assert.Contains("'call'", fault.Expected, StringComparison.Ordinal);
        }
    }

    delegate double Valuation(Instrument option, double spot, double rate, double volatility, double years, IReadOnlyList<CashDividend> dividends);

    static double Error(Precision precision, Instrument option) =>
        precision == Precision.Mixed ? MixedError : option.Right == OptionRight.Call ? DoubleError : DoubleErrorOfPuts;

    static double BySolver(Instrument option, double spot, double rate, double volatility, double years, IReadOnlyList<CashDividend> dividends)
    {
        CashDividend[] counted = [.. dividends.Where(dividend => dividend.Years <= years)];
        ExDateTerms terms = new(rate, years, [.. counted.Select(dividend => dividend with { Amount = dividend.Amount / option.Strike })], 0, 0, 0, 0);
        double escrowed = spot - counted.Sum(dividend => dividend.Amount * Math.Exp(-rate * dividend.Years));
        if (option.Right == OptionRight.Put)
        {
            double waiting = rate > 0 ? DividendPuts.Value(terms, Math.Log(escrowed / option.Strike), volatility) : new EscrowedEuropean(-1, 1, rate, volatility).At(escrowed / option.Strike, years).Value;
            return option.Strike * waiting;
        }

        return option.Strike * new ExDateCall(terms, terms.ExDates(ExDateTerms.Least), volatility).At(Math.Log(escrowed / option.Strike));
    }

    static double ByOther(Instrument option, double spot, double rate, double volatility, double years, IReadOnlyList<CashDividend> dividends) =>
        new DividendOption(option.Right, option.Exercise, spot, option.Strike, rate, volatility, years, dividends).Price();

    static double Expected(Instrument option, double[,] shocks, int s, double passed, Valuation value)
    {
        double later = option.YearsToExpiry - passed, rate = option.RateTo(later);
        double cash = option.Dividends.Where(dividend => dividend.Years <= passed).Sum(dividend => dividend.Amount * Math.Exp(rate * (passed - dividend.Years)));
        CashDividend[] left = [.. option.Dividends.Where(dividend => dividend.Years > passed).Select(dividend => dividend with { Years = dividend.Years - passed })];
        double today = Math.Max(value(option, DividendSet.Level, rate, option.Volatility, option.YearsToExpiry, option.Dividends), option.Right == OptionRight.Call ? 0 : option.Strike - DividendSet.Level);
        double total = DividendSet.Level * Math.Exp(shocks[s, 0]), volatility = option.Volatility * Math.Exp(option.VolatilityFactor < 0 ? 0 : shocks[s, 1]);
        double then = Math.Max(value(option, total - cash, rate, volatility, later, left), option.Right == OptionRight.Call ? total - option.Strike : option.Strike - total + cash);
        double fx = option.Currency == "EUR" ? 1.1 : 1, fxThen = fx * (option.Currency == "EUR" ? Math.Exp(shocks[s, 3]) : 1);
        return option.Multiplier * (then * fxThen - today * fx);
    }
}
