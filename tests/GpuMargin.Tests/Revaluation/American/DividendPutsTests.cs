using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>The solver and the surfaces of puts with cash dividends, against published values and finite differences.</summary>
public sealed class DividendPutsTests
{
    // Of finite differences, a share of the strike.
    const double GridError = 1e-6;

    // Of the solver, by a finer one.
    const double SolverError = 2e-7;

    public static TheoryData<string, double, double, double, double[]> Schedules => new()
    {
        { "one", .05, 1, .3, [.5, .03] },
        { "a period before each", .05, 1, .25, [.2, .002, .45, .002, .7, .002, .95, .002] },
        { "hardly any", .05, 1, .1, [.5, .0002] },
        { "tomorrow", .03, .4, .3, [1 / 365.0, .02] },
        { "ten days", .05, .5, .25, [10 / 365.0, .005, .3, .005] },
        { "not before the last", .02, 1, .3, [.1, .01, .35, .01, .6, .01, .85, .01] },
        { "a day before expiry", .05, .5, .3, [.5 - 1 / 365.0, .01] },
        { "at expiry", .05, .5, .3, [.5, .01] },
        { "above the strike", .05, .5, .3, [.2, 1.5] },
        { "too sharp for single precision", .0734, 1.985, .245, [.1096, .0082, .3616, .0082, .611, .0082, .8603, .0082, 1.1096, .0082, 1.3616, .0082, 1.611, .0082, 1.8603, .0082] },
        { "high rate", .12, 1, .3, [.3, .02, .7, .02] },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Surfaces_are_within_their_tolerance(string name, double rate, double years, double volatility, double[] dividends)
    {
        foreach (Precision precision in (Precision[])[Precision.Mixed, Precision.Double])
        {
            IReadOnlyList<PremiumSurface>? found = DividendPutFit.Find(Terms(rate, years, dividends), volatility / 3, volatility * 3, precision);
            Assert.True(found is not null && found.All(surface => surface.WorstError <= DividendPutFit.LargestError), $"{name} in {precision}");
        }
    }

    // The interest of hours outweighs a dividend of 5e-5, so that exercise ends just before each ex-date.
    [Theory]
    [InlineData(.781, .227, .00006, 8, 4)]
    [InlineData(1.082, .517, .00004, 22, 5)]
    [InlineData(.304, .223, .00005, 8, 2)]
    public void Small_dividends_have_surfaces(double years, double volatility, double amount, int firstDay, int count)
    {
        double[] dividends = [.. Enumerable.Range(0, count).SelectMany(i => (double[])[(firstDay + 91 * i) / 365.0, amount])];
        ExDateTerms terms = Terms(.03, years, dividends);
        IReadOnlyList<PremiumSurface>? found = DividendPutFit.Find(terms, volatility / 3, volatility * 3, Precision.Mixed);
        Assert.NotNull(found);
        Assert.All(found, surface => Assert.False(surface.InDouble));
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void The_solver_agrees_with_a_finer_one_and_with_finite_differences(string name, double rate, double years, double volatility, double[] dividends)
    {
        ExDateTerms terms = Terms(rate, years, dividends);
        double[] volatilities = [volatility / 3, volatility, 3 * volatility];
        DividendPuts coarse = new(terms, volatilities, DividendPutAccuracy.Sizes[0]), fine = new(terms, volatilities, DividendPutAccuracy.Sizes[^1]);
        double floor = terms.MostOfPut(), present = terms.Dividends.Sum(dividend => dividend.Amount * Math.Exp(-rate * dividend.Years));
        foreach (double logPrice in (double[])[-.6, -.3, -.1, 0, .2])
        {
            double[] row = [logPrice, logPrice, logPrice];
            double[] less = coarse.Premiums([row])[0], more = fine.Premiums([row])[0];
            for (int j = 0; j < volatilities.Length; j++)
            {
                Assert.True(Math.Abs(Value(less[j]) - Value(more[j])) <= SolverError, $"{name} at {logPrice}, {volatilities[j]}: {less[j]} and {more[j]}");

                double Value(double premium) => Math.Max(floor - Math.Exp(logPrice), fine.European(j, logPrice) + premium);
            }

            if (logPrice is -.1 or .2)
            {
                double expected = new DividendOption(OptionRight.Put, ExerciseStyle.American, Math.Exp(logPrice) + present, 1, rate, volatility, years, terms.Dividends).Price();
                double found = Math.Max(Math.Max(floor, 1 - present) - Math.Exp(logPrice), fine.European(1, logPrice) + more[1]);
                Assert.True(Math.Abs(found - expected) <= GridError, $"{name} at {logPrice}: {found} for {expected}");
            }
        }
    }

    [Fact]
    public void Four_dividends_have_the_published_value()
    {
        ExDateTerms terms = Terms(.05, 1, [91 / 365.0, .01, 182 / 365.0, .01, 273 / 365.0, .01, 354 / 365.0, .01]);
        double present = terms.Dividends.Sum(dividend => dividend.Amount * Math.Exp(-.05 * dividend.Years));
        Assert.Equal(.109919, DividendPuts.Value(terms, Math.Log(1 - present), .3), 2e-5);
    }

    [Fact]
    public void A_put_waits_for_an_ex_date_whose_dividend_is_above_the_interest_until_then()
    {
        const double Rate = .05, Amount = .01;
        ExDateTerms terms = Terms(Rate, 1, [.1, Amount, .6, Amount]);

        IReadOnlyList<ExercisePeriod> periods = ExercisePeriod.Of(terms);

        Assert.Equal(2, periods.Count);
        Assert.Equal(new ExercisePeriod(.6, 1), periods[0]);
        Assert.Equal(.1, periods[1].Start);
        Assert.Equal(.6 - Math.Log(1 + Amount) / Rate, periods[1].End, 1e-12);
    }

    static ExDateTerms Terms(double rate, double years, double[] dividends) =>
        new(rate, years, [.. dividends.Chunk(2).Select(pair => new CashDividend(pair[0], pair[1]))], .1, .9, .1, .9);
}
