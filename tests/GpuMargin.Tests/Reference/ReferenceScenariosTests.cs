using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Reference;

public sealed class ReferenceScenariosTests
{
    const double Rare = 1e-3; // a fixed seed makes a rejection at this level a finding
    const double Errors = 4; // standard errors, one in 16,000 if normal
    const int Samples = 4000;

    static readonly RiskFactor s_dem = new()
    {
        Name = "DEM",
        Kind = RiskFactorKind.Price,
        Level = 1,
        Mean = -.0061904083799,
        Process = VolatilityProcess.Garch,
        Variance = .1469925675,
        Omega = .0107613978518,
        Alpha = .15313406182,
        Beta = .80597367031,
    };

    [Fact]
    public void Variance_forecasts_are_those_published_for_the_mark()
    {
        double[] forecasts = [.1469925675, .1517431059, .1562993840, .1606693456, .1648606095];
        for (int day = 1; day <= forecasts.Length; day++)
        {
            double forecast = ReferenceVolatility.ShockVariance(s_dem, day) - ReferenceVolatility.ShockVariance(s_dem, day - 1);
            Assert.Equal(forecasts[day - 1], forecast, 1e-9); // ten digits printed, the first day's rounding carried on
        }
    }

    [Fact]
    public void The_recursion_is_that_of_the_contract_by_hand()
    {
        RiskFactor gjr = s_dem with { Mean = .5, Process = VolatilityProcess.Gjr, Variance = 4, Omega = 1, Alpha = .25, Gamma = .5, Beta = .25 };
        // e₁ = −2, h₂ = 1 + 0.75·4 + 0.25·4 = 5; e₂ = 2√5, h₃ = 1 + 0.25·20 + 0.25·5 = 7.25
        double shock = (3 * .5) - 2 + (2 * Math.Sqrt(5)) + Math.Sqrt(7.25);
        Assert.Equal(shock, ReferenceVolatility.Shock(gjr, [-1, 2, 1]), 1e-14);
        Assert.Equal((3 * .5) + (2 * (-1 + 2 + 1)), ReferenceVolatility.Shock(gjr with { Process = VolatilityProcess.Constant }, [-1, 2, 1]), 1e-14);
        Assert.Equal(4 + (1 + (.75 * 4)), ReferenceVolatility.ShockVariance(gjr, 2), 1e-14);
        Assert.Equal(8 + 1, ReferenceVolatility.ShockSecondMoment(gjr with { Process = VolatilityProcess.Constant }, 2), 1e-14);
    }

    [Theory]
    [InlineData(CopulaFamily.Gaussian, double.PositiveInfinity)]
    [InlineData(CopulaFamily.StudentT, 5)]
    public void One_day_of_constant_variance_draws_each_marginal(CopulaFamily family, double nu)
    {
        RiskFactor constant = s_dem with { Process = VolatilityProcess.Constant, Mean = .1, Variance = 4 };
        double[] residuals = [.. Enumerable.Range(1, 999).Select(i => ReferenceNormal.Quantile(i / 1000.0))];
        ClearingSet set = Set(family, nu, 1, [
            constant with { Name = "N" },
            constant with { Name = "T", Marginal = MarginalFamily.StudentT, DegreesOfFreedom = 4.5 },
            constant with { Name = "S", Marginal = MarginalFamily.SkewedT, DegreesOfFreedom = 6, Skew = -.4 },
            constant with { Name = "E", Marginal = MarginalFamily.Empirical, Residuals = residuals },
        ]);
        double[,] shocks = ReferenceScenarios.Draw(set, Samples, 1);
        for (int f = 0; f < 4; f++)
        {
            double[] innovations = [.. shocks.Column(f).Select(x => (x - .1) / 2)];
            Assert.InRange(KolmogorovSmirnov.OneSample(innovations, ReferenceMarginal.Of(set.Factors[f]).Cdf).PValue, Rare, 1);
            double tau = KendallTau.Of(shocks.Column(0), shocks.Column(f));
            double error = Errors * 1.5 * KendallTau.StandardErrorUnderIndependence(Samples); // t copulas are above independence's error
            Assert.InRange(tau - KendallTau.OfEllipticalCopula(f == 0 ? 1 : .5), -error, error);
        }
    }

    [Fact]
    public void Several_days_have_the_closed_form_mean_and_variance()
    {
        RiskFactor t = s_dem with { Marginal = MarginalFamily.StudentT, DegreesOfFreedom = 12 };
        RiskFactor gjr = s_dem with { Name = "GJR", Process = VolatilityProcess.Gjr, Alpha = .05, Gamma = .1 };
        ClearingSet set = Set(CopulaFamily.StudentT, 8, 3, [t, gjr]);
        double[,] shocks = ReferenceScenarios.Draw(set, Samples, 2);
        for (int f = 0; f < 2; f++)
        {
            SampleMoments moments = SampleMoments.Of(shocks.Column(f));
            double variance = ReferenceVolatility.ShockVariance(set.Factors[f], 3);
            Assert.InRange(moments.Mean - ReferenceVolatility.ExpectedShock(set.Factors[f], 3), -Errors * moments.MeanStandardError, Errors * moments.MeanStandardError);
            Assert.InRange(moments.Variance - variance, -Errors * moments.VarianceStandardError, Errors * moments.VarianceStandardError);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Perfect_correlation_makes_factors_move_as_one(double correlation)
    {
        const double Rounding = 1e-7; // the eigenvalue that should be 0 is of the order 1e-16, its root 1e-8
        ClearingSet set = Set(CopulaFamily.StudentT, 6, 2, [s_dem, s_dem]) with { Correlation = new[,] { { 1, correlation }, { correlation, 1 } } };
        ClearingSet centred = set with { Factors = [.. set.Factors.Select(f => f with { Mean = 0 })] };
        double[,] shocks = ReferenceScenarios.Draw(centred, 100, 3);
        for (int s = 0; s < 100; s++)
        {
            Assert.Equal(correlation * shocks[s, 0], shocks[s, 1], Rounding);
        }
    }

    [Fact]
    public void Joint_extremes_of_a_t_copula_are_as_frequent_as_its_tail_dependence_says()
    {
        const int Samples = 200_000;
        const double Q = .01;
        double[,] x = ReferenceScenarios.DrawVariates(new(CopulaFamily.StudentT, 3), new[,] { { 1, .5 }, { .5, 1 } }, Samples, 4);
        // At 1 % the frequency is still above its limit 5/16; the Gaussian copula's would be 0.13.
        Assert.InRange(TailDependence.OfSample(x.Column(0), x.Column(1), Q), 5 / 16.0, (5 / 16.0) + .05);
        Assert.InRange(TailDependence.OfSample([.. x.Column(0).Select(v => -v)], [.. x.Column(1).Select(v => -v)], Q), 5 / 16.0, (5 / 16.0) + .05);
    }

    static ClearingSet Set(CopulaFamily family, double nu, int days, RiskFactor[] factors)
    {
        double[,] correlation = new double[factors.Length, factors.Length];
        for (int i = 0; i < factors.Length; i++)
        {
            for (int j = 0; j < factors.Length; j++)
            {
                correlation[i, j] = i == j ? 1 : .5;
            }
        }

        ClearingSet sample = SampleSet.Of();
        return sample with
        {
            Factors = factors,
            Correlation = correlation,
            Settings = sample.Settings with { Copula = new(family, nu), HorizonDays = days },
        };
    }
}
