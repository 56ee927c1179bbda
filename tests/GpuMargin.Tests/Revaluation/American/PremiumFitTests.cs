using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation.American;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

public sealed class PremiumFitTests
{
    [Theory]
    [InlineData(.05, .015, .5, .3, Precision.Mixed)]
    [InlineData(.001, .03, 1, .3, Precision.Mixed)]
    [InlineData(.05, .02, .02, .08, Precision.Mixed)]
    [InlineData(.05, .05, .5, .25, Precision.Mixed)]
    [InlineData(.05, .015, .5, .3, Precision.Double)]
    public void Surfaces_keep_the_tolerance_between_their_points(double rate, double yield, double years, double volatility, Precision precision) =>
        AssertWithin(new PremiumKey(rate, yield, years, default), volatility, precision);

    // The last four have equal rate and yield among their rates, or rates close to zero: three points of one span are not enough.
    [Theory]
    [InlineData(nameof(RateMotion.Rate), .05, .015, .5, .3, .005, Precision.Mixed)]
    [InlineData(nameof(RateMotion.Yield), .05, .03, .5, .3, .009, Precision.Mixed)]
    [InlineData(nameof(RateMotion.Both), .03, .03, .5, .3, .009, Precision.Mixed)]
    [InlineData(nameof(RateMotion.Rate), .05, .015, .5, .3, .003, Precision.Double)]
    [InlineData(nameof(RateMotion.Rate), .0209, .0236, .03, .112, .009, Precision.Mixed)]
    [InlineData(nameof(RateMotion.Yield), .0063, .0087, .49, .22, .009, Precision.Mixed)]
    [InlineData(nameof(RateMotion.Rate), .007, .07, .67, .4, .009, Precision.Mixed)]
    [InlineData(nameof(RateMotion.Rate), 0, .01, .5, .3, .012, Precision.Mixed)]
    public void Surfaces_of_rates_that_move_keep_it_too(string motion, double rate, double yield, double years, double volatility, double move, Precision precision) =>
        AssertWithin(new PremiumKey(rate, yield, years, PremiumRange.SpanOf(Enum.Parse<RateMotion>(motion), rate, yield, move)), volatility, precision);

    // At points that neither the fit nor its check has; between the check's points the error may be a little above it.
    static void AssertWithin(PremiumKey key, double volatility, Precision precision)
    {
        IReadOnlyList<PremiumSurface> surfaces = PremiumFit.Find(key, volatility / 3, volatility * 3, precision)!;
        for (int i = 0; i < 5; i++)
        {
            double sigma = volatility / 3 * Math.Pow(9, (i + 0.37) / 5), deviation = sigma * Math.Sqrt(key.Years), coordinate = key.Span.At(0.4 * i - 0.8);
            (double rate, double yield) = key.At(coordinate);
            AmericanPut put = new(EarlyExercise.OneBoundary, rate, yield, sigma, key.Years, BoundaryAccuracy.Fine);
            PremiumSurface surface = surfaces.First(piece => deviation <= piece.Range.At(1) && coordinate <= piece.Key.Span.High);
            RateSpan span = surface.Key.Span;
            double place = surface.Range.PlaceOf(Math.Log(deviation)), z = span.Moves ? (coordinate - span.Middle) / span.HalfWidth : 0;
            for (int k = 0; k < 30; k++)
            {
                double x = Math.Log(put.CriticalPrice) + deviation * (0.002 + 0.005 * k * k);
                (double european, double premium, _, _) = put.At(Math.Exp(x));

                double found = precision == Precision.Mixed ? new PremiumLine<Float32>(surface, place, z).At(x) : new PremiumLine<Float64>(surface, place, z).At(x);
                Assert.Equal(european + premium, Math.Max(european + found, 1 - Math.Exp(x)), 1.5 * PremiumFit.Tolerance(precision));
            }
        }
    }

    [Fact]
    public unsafe void Lanes_of_a_line_have_the_bits_of_one()
    {
        if (!Float32x8.IsSupported)
        {
            return;
        }

        PremiumKey key = new(.05, .015, .5, PremiumRange.SpanOf(RateMotion.Rate, .05, .015, .009));
        PremiumSurface surface = PremiumFit.Find(key, .1, .9, Precision.Mixed)![0];
        double[] prices = [-.4, -.2, -.1, 0, .1, .3, .7];
        PremiumLine<Float32x8> lanes = new(surface, .3, -.4);
        double[] found = new double[8];
        fixed (double* to = found)
        {
            Float32x8.WidenTo(lanes.At(PremiumLine<Float32x8>.Points(surface.Key, -.4, surface.Range.At(.3), prices)[0]), to);
        }

        Assert.Equal(Array.ConvertAll(prices, x => new PremiumLine<Float32>(surface, .3, -.4).At(x)), found[..prices.Length]);
    }

    [Fact]
    public void A_volatility_that_does_not_move_takes_one_term() =>
        Assert.Equal(1, Assert.Single(PremiumFit.Find(new PremiumKey(.05, .01, 1, default), .3, .3, Precision.Mixed)!).DeviationTerms);

    [Fact]
    public void Rates_without_a_critical_price_have_no_surface() => Assert.Null(PremiumFit.Find(new PremiumKey(-.001, -.01, 1, default), .1, .9, Precision.Mixed));
}
