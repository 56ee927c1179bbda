using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>The solver and the surfaces of calls with cash dividends, against published values and the solver of one option.</summary>
public sealed class ExDateFitTests
{
    // Of the solver, a share of the strike.
    const double SolverError = 2e-10;

    public static TheoryData<string, double, double, double, double[]> Schedules => new()
    {
        { "one", .05, 1, .3, [.5, .03] },
        { "tomorrow", .03, .4, .3, [1 / 365.0, .02] },
        { "four", .01, 1, .25, [1 / 365.0, .01, 92 / 365.0, .01, 183 / 365.0, .01, 274 / 365.0, .01] },
        { "eight", .01, 2, .2, [.1, .01, .35, .01, .6, .01, .85, .01, 1.1, .01, 1.35, .01, 1.6, .01, 1.85, .01] },
        { "a day before expiry", .03, .5, .3, [.5 - 1 / 365.0, .01] },
        { "at expiry", .03, .5, .3, [.5, .01] },
        { "close", .02, .5, .4, [.2, .01, .2 + 5 / 365.0, .03] },
        { "large", .03, .5, .6, [.2, .3] },
        { "hardly paying", .03, .5, .3, [.2, .009] },
        { "high volatility", .03, .5, 1.2, [.2, .02] },
        { "no rate", 0, .5, .3, [.2, .02] },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Surfaces_are_within_their_tolerance(string name, double rate, double years, double volatility, double[] dividends)
    {
        foreach (Precision precision in (Precision[])[Precision.Mixed, Precision.Double])
        {
            IReadOnlyList<ExDateSurface>? found = ExDateFit.Find(Terms(rate, years, dividends, volatility), precision);
            Assert.True(found is [_] && found[0].WorstError <= (precision == Precision.Mixed ? 1e-6 : 1e-8), $"{name} in {precision}");
        }
    }

    // Far from the volatility at which a price grows by nothing until the ex-date, in its deviations.
    [Theory]
    [InlineData(.03, .5, .03, new[] { .1, .01, .35, .01 })]
    [InlineData(.055, 1, .03, new[] { .3, .02, .8, .02 })]
    [InlineData(.055, 1, .1, new[] { .3, .02, .8, .02 })]
    [InlineData(.03, .5, .9, new[] { .1, .0125, .35, .025 })]
    [InlineData(.01, 1, .9, new[] { .2, .01, .7, .02 })]
    public void Low_and_high_volatilities_have_surfaces(double rate, double years, double volatility, double[] dividends)
    {
        foreach (Precision precision in (Precision[])[Precision.Mixed, Precision.Double])
        {
            Assert.NotNull(ExDateFit.Find(Terms(rate, years, dividends, volatility), precision));
        }
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void The_solver_agrees_with_that_of_one_option(string name, double rate, double years, double volatility, double[] dividends)
    {
        ExDateTerms terms = Terms(rate, years, dividends);
        ExDateCall call = new(terms, terms.ExDates(ExDateTerms.Least), volatility);
        double present = terms.Dividends.Sum(dividend => dividend.Amount * Math.Exp(-rate * dividend.Years));
        foreach (double price in (double[])[.7, 1.05])
        {
            DividendOption one = new(OptionRight.Call, ExerciseStyle.American, price + present, 1, rate, volatility, years, terms.Dividends);
            double expected = one.Price(), found = call.At(Math.Log(price));
            Assert.True(Math.Abs(found - expected) <= SolverError, $"{name} at {price}: {found} for {expected}");
        }
    }

    // Every ex-date is one to exercise at.
    [Theory]
    [InlineData(.02, 2, .35, 8, .25, .0065)]
    [InlineData(.01, 1.05, .3, 12, 1 / 12.0, .002)]
    public void Many_ex_dates_have_surfaces(double rate, double years, double volatility, int count, double gap, double amount)
    {
        double[] dividends = [.. Enumerable.Range(0, count).SelectMany(i => (double[])[.06 + i * gap, amount])];
        ExDateTerms terms = Terms(rate, years, dividends, volatility);
        Assert.Equal(count, terms.ExDates(1e-7).Count);
        foreach (Precision precision in (Precision[])[Precision.Mixed, Precision.Double])
        {
            IReadOnlyList<ExDateSurface>? found = ExDateFit.Find(terms, precision);
            Assert.NotNull(found);
            Assert.True(found.Max(surface => surface.WorstError) <= ExDateFit.LargestError);
        }
    }

    static ExDateTerms Terms(double rate, double years, double[] dividends, double volatility = .3) =>
        new(rate, years, [.. dividends.Chunk(2).Select(pair => new CashDividend(pair[0], pair[1]))], volatility / 3, volatility * 3, volatility / 3, volatility * 3);
}
