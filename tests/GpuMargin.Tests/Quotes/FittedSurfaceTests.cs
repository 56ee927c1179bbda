using GpuMargin.ClearingSets;
using GpuMargin.Files.Mapping;
using GpuMargin.Quotes;
using GpuMargin.Tests.Cli;
using GpuMargin.Volatility;
using Xunit;

namespace GpuMargin.Tests.Quotes;

/// <summary>Surfaces from quotes of a market whose surface is known.</summary>
public sealed class FittedSurfaceTests : IDisposable
{
    const double Exact = 1e-7; // of volatilities from quotes without noise; forwards come from parity, whose scale ends at rounding
    const double Premium = 1e-6; // of American ones: premium surfaces are within 1e-9 of the strike, divided by vega
    const double AtTheMoney = 0.0005, AtPivots = 0.001; // with noise of the whole half spread of 0.5 %, above three standard errors

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void European_quotes_without_noise_give_the_surface(bool hasRate, bool hasYield)
    {
        QuotedMarket market = new();
        FittedSurface surface = Fit(market, hasRate, hasYield);
        Assert.Equal(3, surface.Smiles.Count);
        Check(market, surface, Exact);
        Assert.All(surface.Smiles, smile => Assert.Equal(smile.Points.Count, smile.InsideSpread));
    }

    [Theory]
    [InlineData(0.05, 0.01, true)]
    [InlineData(0.05, 0.01, false)]
    [InlineData(0.01, 0.04, false)]
    [InlineData(0.03, 0.0, false)]
    public void American_quotes_without_noise_give_the_surface(double rate, double yield, bool hasYield)
    {
        QuotedMarket market = new() { Exercise = ExerciseStyle.American, Rate = rate, Yield = yield, Strikes = 21 };
        FittedSurface surface = Fit(market, hasRate: true, hasYield);
        Check(market, surface, hasYield ? Premium : 20 * Premium);
    }

    [Fact]
    public void With_noise_parameters_and_pivots_are_found_within_their_errors()
    {
        SurfaceDynamics dynamics = new(1, null, SurfaceCoordinate.Delta, [new(30, 0.25), new(30, 0.5), new(30, 0.75), new(182, 0.5)]);
        QuotedMarket market = new() { Noise = 1, HalfSpread = 0.005, Spot = 1000, Strikes = 81 };
        FittedSurface truth = Fit(market with { Noise = 0 }, true, true);
        for (int seed = 1; seed <= 10; seed++)
        {
            FittedSurface surface = Fit(market with { Seed = seed }, false, false);
            Assert.All(surface.Smiles, smile => Assert.True(smile.Fit.HasNoArbitrage));
            for (int i = 0; i < surface.Smiles.Count; i++)
            {
                SviSlice found = surface.Smiles[i].Fit.Slice, known = market.Surface(surface.Smiles[i].Market.Years);
                Assert.InRange(found.Rho, known.Rho - 0.1, known.Rho + 0.1);
                Assert.InRange(found.B / known.B, 0.9, 1.1);
                Assert.Equal(known.Volatility(0, surface.Smiles[i].Market.Years), found.Volatility(0, surface.Smiles[i].Market.Years), AtTheMoney);
                Assert.InRange(surface.Smiles[i].InsideSpread, 0.9 * surface.Smiles[i].Points.Count, surface.Smiles[i].Points.Count);
            }

            foreach (PivotPoint pivot in dynamics.Pivots)
            {
                Assert.Equal(PivotReading.Volatility(truth, pivot, dynamics.Coordinate), PivotReading.Volatility(surface, pivot, dynamics.Coordinate), AtPivots);
            }
        }
    }

    [Fact]
    public void A_pair_that_is_off_does_not_move_the_forward()
    {
        ParityPair[] pairs = [.. Enumerable.Range(90, 21).Select(strike => new ParityPair(strike, 0.98 * (101.5 - strike), 0.1))];
        pairs[11] = pairs[11] with { Difference = pairs[11].Difference + 3 };
        Assert.Equal(101.5, PutCallParity.Of(pairs, 0.98)!.Value.Forward, 9);
        (double forward, double discount, _) = PutCallParity.Of(pairs, null)!.Value;
        Assert.Equal(101.5, forward, 9);
        Assert.Equal(0.98, discount, 9);
    }

    [Fact]
    public void A_rate_of_few_days_is_that_of_the_other_expiries()
    {
        FittedSurface surface = Fit(new QuotedMarket { Days = [3, 91, 182], Noise = 1, HalfSpread = 0.03 }, false, false);
        Assert.All(surface.Smiles, smile => Assert.InRange(smile.Market.Rate, 0.02, 0.06));
    }

    [Fact]
    public void Too_few_pairs_have_no_forward()
    {
        Assert.Null(PutCallParity.Of([], 0.98));
        Assert.Null(PutCallParity.Of([new(100, 1, 0.1), new(101, 0, 0.1)], null));
    }

    [Fact]
    public void Without_a_rate_American_options_have_no_smile_and_a_reason()
    {
        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => Fit(new QuotedMarket { Exercise = ExerciseStyle.American, Strikes = 3 }, false, false));
        Assert.Contains("expected the field 'rate'", refused.Faults[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pivot_lies_where_its_coordinate_says()
    {
        FittedSurface surface = Fit(new QuotedMarket(), true, true);
        foreach (double delta in (double[])[0.1, 0.25, 0.5, 0.75, 0.9])
        {
            PivotPoint pivot = new(60, delta);
            double k = PivotReading.LogMoneyness(surface, pivot, SurfaceCoordinate.Delta), deviation = surface.Volatility(k, 60 / 365.0) * Math.Sqrt(60 / 365.0);
            Assert.Equal(delta, SmileQuote.Delta(k, deviation), 9);
        }

        double at = PivotReading.LogMoneyness(surface, new PivotPoint(60, -1), SurfaceCoordinate.Moneyness);
        Assert.Equal(-surface.Volatility(at, 60 / 365.0) * Math.Sqrt(60 / 365.0), at, 9);
        Assert.Equal(0, PivotReading.LogMoneyness(surface, new PivotPoint(60, null), SurfaceCoordinate.Delta));
    }

    [Fact]
    public void Levels_of_pivots_move_in_the_coordinate_of_the_run()
    {
        // Volatilities of strikes stay while the forward falls by 3 %: a run with stickiness 0 draws nothing, one with 1 sees a rise.
        QuotedMarket first = new() { Days = [30], Strikes = 81, Rate = 0, Yield = 0 };
        double fall = Math.Log(0.97);
        QuotedMarket second = first with
        {
            Day = first.Day.AddDays(1),
            Spot = 97,
            Surface = years => first.Surface(years) with { M = first.Surface(years).M - fall },
        };
        FittedSurface[] days = [Fit(first, true, true), Fit(second, true, true)];
        double[][] sticky = PivotHistory.Of(days, new SurfaceDynamics(0, null, SurfaceCoordinate.Delta, [new(30, 0.5)]));
        double[][] moneyness = PivotHistory.Of(days, new SurfaceDynamics(1, null, SurfaceCoordinate.Delta, [new(30, 0.5)]));
        Assert.Equal(0, Math.Log(sticky[1][0] / sticky[0][0]), 1e-6);
        Assert.InRange(Math.Log(moneyness[1][0] / moneyness[0][0]), 0.05, 0.2);
        Assert.Equal(moneyness[1][0], sticky[1][0]);
    }

    static void Check(QuotedMarket market, FittedSurface surface, double allowed)
    {
        Assert.Equal(market.Days.Length, surface.Smiles.Count);
        for (int i = 0; i < market.Days.Length; i++)
        {
            double years = QuotedMarket.Years(market.Days[i]), forward = market.Forward(market.Days[i]);
            Assert.Equal(years, surface.Smiles[i].Market.Years, 1e-12);
            Assert.Equal(forward, surface.Smiles[i].Market.Forward, allowed * forward);
            foreach (SmilePoint point in surface.Smiles[i].Points)
            {
                double known = market.Surface(years).Volatility(point.LogMoneyness, years);
                Assert.InRange(Math.Abs(point.Volatility - known), 0, allowed);
                Assert.InRange(Math.Abs(surface.Smiles[i].Fit.Slice.Volatility(point.LogMoneyness, years) - known), 0, allowed);
            }
        }
    }

    FittedSurface Fit(QuotedMarket market, bool hasRate, bool hasYield)
    {
        string file = market.WriteTo(folder["quotes.csv"]), mapping = market.WriteMapping(folder["mapping.json"], hasRate, hasYield);
        return QuoteDays.Read(file, MappingReader.Read(mapping, QuoteFields.All), []).Surfaces[0][0];
    }
}
