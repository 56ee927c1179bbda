using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation.American;
using Xunit;

namespace GpuMargin.Tests.Revaluation.American;

public sealed class PremiumFitTests
{
    [Theory]
    [InlineData(.05, .015, .5, .3, 0, Precision.Mixed)]
    [InlineData(.001, .03, 1, .3, 0, Precision.Mixed)]
    [InlineData(.05, .02, .02, .08, 0, Precision.Mixed)]
    [InlineData(.05, .05, .5, .25, 0, Precision.Mixed)]
    [InlineData(.05, .015, .5, .3, .005, Precision.Mixed)]
    [InlineData(.05, .015, .5, .3, 0, Precision.Double)]
    public void Surfaces_keep_the_tolerance_between_their_points(double rate, double yield, double years, double volatility, double rateHalfRange, Precision precision)
    {
        PremiumKey key = new(rate, yield, years, rateHalfRange, 0);
        IReadOnlyList<PremiumSurface> surfaces = PremiumFit.Find(key, volatility / 3, volatility * 3, precision)!;

        // At points that neither the fit nor its check has; between the check's points the error may be a little above it.
        for (int i = 0; i < 5; i++)
        {
            double sigma = volatility / 3 * Math.Pow(9, (i + 0.37) / 5), deviation = sigma * Math.Sqrt(years), z = rateHalfRange == 0 ? 0 : 0.4 * i - 0.8;
            (double movedRate, double movedYield) = key.At(z);
            AmericanPut put = new(EarlyExercise.OneBoundary, movedRate, movedYield, sigma, years, BoundaryAccuracy.Fine);
            PremiumSurface surface = surfaces.First(piece => deviation <= piece.Range.At(1));
            double place = surface.Range.PlaceOf(Math.Log(deviation));
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
    public void A_volatility_that_does_not_move_takes_one_term() =>
        Assert.Equal(1, Assert.Single(PremiumFit.Find(new PremiumKey(.05, .01, 1, 0, 0), .3, .3, Precision.Mixed)!).DeviationTerms);

    [Fact]
    public void Rates_without_a_critical_price_have_no_surface() => Assert.Null(PremiumFit.Find(new PremiumKey(.001, .01, 1, .005, 0), .1, .9, Precision.Mixed));
}
