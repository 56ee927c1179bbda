using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Tests.Reference;
using MathNet.Numerics.Integration;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Backends;

/// <summary>The engine's draws against the distributions they are drawn from; seeds are fixed, so a rejection is a finding.</summary>
public sealed class ScenarioStatisticsTests(ITestOutputHelper output)
{
    const int Draws = 100_000;
    const int ManyDraws = 1_000_000;
    const double Rare = 1e-3; // p-value
    const double Errors = 4; // standard errors; one in 16,000 if normal
    const double Daily = 0.01; // standard deviation; shocks stay far inside the engine's bound of 24

    // Enough residuals that the steps of their distribution at both ends do not show among the draws.
    static readonly double[] s_residuals = [.. Enumerable.Range(1, 1999).Select(i => ReferenceStudentT.Quantile(i / 2000.0, 6))];

    public static TheoryData<CopulaFamily, double, Precision> Copulas => new()
    {
        { CopulaFamily.Gaussian, double.PositiveInfinity, Precision.Double },
        { CopulaFamily.Gaussian, double.PositiveInfinity, Precision.Mixed },
        { CopulaFamily.StudentT, 3, Precision.Double },
        { CopulaFamily.StudentT, 3, Precision.Mixed },
        { CopulaFamily.StudentT, 6.5, Precision.Double },
        { CopulaFamily.StudentT, 6.5, Precision.Mixed },
    };

    [Theory]
    [MemberData(nameof(Copulas))]
    [Trait("Category", "Slow")]
    public void Every_marginal_passes_Kolmogorov_and_Smirnov_and_every_pair_has_Kendalls_tau(CopulaFamily family, double nu, Precision precision)
    {
        double[,] correlation = { { 1, 0.5, -0.3, 0.5 }, { 0.5, 1, 0.8, 0 }, { -0.3, 0.8, 1, 0 }, { 0.5, 0, 0, 1 } };
        correlation[1, 2] = correlation[2, 1] = 0.2;
        RiskFactor constant = Constant("N");
        ClearingSet set = Set(
            [
                constant,
                constant with { Name = "T", Marginal = MarginalFamily.StudentT, DegreesOfFreedom = 4.5 },
                constant with { Name = "S", Marginal = MarginalFamily.SkewedT, DegreesOfFreedom = 5, Skew = -0.4 },
                constant with { Name = "E", Marginal = MarginalFamily.Empirical, Residuals = s_residuals },
            ],
            correlation, new Copula(family, nu), precision, Draws, horizon: 1, seed: 11);
        double[][] innovations = Columns(set, 1 / Daily);
        double least = 1, farthest = 0;
        for (int f = 0; f < innovations.Length; f++)
        {
            KolmogorovSmirnov test = KolmogorovSmirnov.OneSample(innovations[f], ReferenceMarginal.Of(set.Factors[f]).Cdf);
            output.WriteLine($"{set.Factors[f].Name}: distance {test.Statistic:E2}, p-value {test.PValue:G3}");
            least = Math.Min(least, test.PValue);
            for (int g = 0; g < f; g++)
            {
                double distance = TauDistance(innovations[f], innovations[g], KendallTau.OfEllipticalCopula(correlation[f, g]));
                output.WriteLine($"{set.Factors[f].Name} and {set.Factors[g].Name}: tau {distance:F2} standard errors");
                farthest = Math.Max(farthest, Math.Abs(distance));
            }
        }

        output.WriteLine($"{family} {nu} {precision}: least p-value {least:G3}, farthest tau {farthest:F2} standard errors");
        Assert.InRange(least, Rare, 1);
        Assert.InRange(farthest, 0, Errors);
    }

    // P(U < q | V < q) falls towards its limit as q does and has not reached it at q = 0.001, so draws are held against the
    // exact value at that q, and that exact value's limit against the published one.
    [Theory]
    [InlineData(3, 0.5, 5 / 16.0)]
    [InlineData(5, 0.5, 53 / 256.0)]
    [InlineData(10, 0, 0.0068723033)]
    public void Joint_extremes_of_t_copulas_are_as_frequent_as_the_bivariate_t_says(double nu, double correlation, double limit)
    {
        const double Quantile = 1e-3;
        const double NearTheLimit = 1e-18;
        const double LimitTolerance = 3e-3; // relative; at ν = 10 the limit is approached like q^(2/ν)
        Assert.InRange(JointTail(NearTheLimit, nu, correlation) / limit, 1, 1 + LimitTolerance);

        ClearingSet set = Set(
            [Constant("X"), Constant("Y")], new[,] { { 1, correlation }, { correlation, 1 } },
            new Copula(CopulaFamily.StudentT, nu), Precision.Double, ManyDraws, horizon: 1, seed: 3);
        double[][] x = Columns(set, 1 / Daily);
        double bound = ReferenceNormal.UpperQuantile(Quantile);
        double exact = JointTail(Quantile, nu, correlation);
        double error = Math.Sqrt(exact * (1 - Quantile * exact) / (ManyDraws * Quantile));
        foreach (int side in (int[])[-1, 1])
        {
            int joint = x[0].Zip(x[1]).Count(pair => side * pair.First > bound && side * pair.Second > bound);
            double found = joint / (ManyDraws * Quantile);
            output.WriteLine($"nu {nu}, rho {correlation}, side {side}: {found:F4}, exact {exact:F4} (limit {limit:F4}), {(found - exact) / error:F2} standard errors");
            Assert.InRange((found - exact) / error, -Errors, Errors);
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Two_days_of_garch_have_the_closed_form_mean_and_variance(Precision precision)
    {
        // High reactions, so that the second day's variance tells: α + γ/2 adds to the persistence of the innovations' weight.
        RiskFactor garch = Constant("G") with { Process = VolatilityProcess.Garch, Mean = 0.001, Omega = 4e-5, Alpha = 0.2, Beta = 0.5, Variance = 2e-4 };
        RiskFactor gjr = garch with { Name = "J", Process = VolatilityProcess.Gjr, Alpha = 0.1, Gamma = 0.3, Marginal = MarginalFamily.StudentT, DegreesOfFreedom = 9 };
        RiskFactor empirical = garch with { Name = "E", Marginal = MarginalFamily.Empirical, Residuals = s_residuals };
        ClearingSet set = Set(
            [garch, gjr, empirical], new[,] { { 1, 0.5, 0 }, { 0.5, 1, 0 }, { 0, 0, 1 } },
            new Copula(CopulaFamily.StudentT, 6), precision, ManyDraws, horizon: 2, seed: 5);
        double[][] shocks = Columns(set, 1);
        double[] variances =
        [
            ReferenceVolatility.ShockVariance(garch, 2),
            ReferenceVolatility.ShockVariance(gjr, 2),
            ReferenceVolatility.ShockVariance(empirical, 2, innovationVariance: new ReferenceEmpirical(s_residuals).Variance),
        ];
        for (int f = 0; f < shocks.Length; f++)
        {
            SampleMoments moments = SampleMoments.Of(shocks[f]);
            double distance = (moments.Variance - variances[f]) / moments.VarianceStandardError;
            double meanDistance = (moments.Mean - ReferenceVolatility.ExpectedShock(set.Factors[f], 2)) / moments.MeanStandardError;
            output.WriteLine($"{precision} {set.Factors[f].Name}: variance {moments.Variance:E4}, closed form {variances[f]:E4}, {distance:F2} standard errors, mean {meanDistance:F2}");
            Assert.InRange(distance, -Errors, Errors);
            Assert.InRange(meanDistance, -Errors, Errors);
        }
    }

    [Fact]
    public void Every_day_has_a_fresh_sample_of_the_copula()
    {
        const double Correlation = 0.6;
        ClearingSet oneDay = Set(
            [Constant("X"), Constant("Y")], new[,] { { 1, Correlation }, { Correlation, 1 } },
            new Copula(CopulaFamily.StudentT, 3), Precision.Double, Draws, horizon: 1, seed: 8);
        double[][] first = Columns(oneDay, 1 / Daily);
        double[][] sum = Columns(oneDay with { Settings = oneDay.Settings with { HorizonDays = 2 } }, 1 / Daily);
        double[][] second = [.. sum.Zip(first, (both, one) => both.Zip(one, (b, o) => b - o).ToArray())];

        double tau = KendallTau.OfEllipticalCopula(Correlation);
        (string Pair, double Distance)[] distances =
        [
            ("factors on the first day", TauDistance(first[0], first[1], tau)),
            ("factors on the second day", TauDistance(second[0], second[1], tau)),
            ("days of a factor", TauDistance(first[0], second[0], 0)),
            ("days of different factors", TauDistance(first[0], second[1], 0)),
            // One mixing variable for both days would make large moves of both days come together.
            ("size of the days", TauDistance([.. first[0].Select(Math.Abs)], [.. second[0].Select(Math.Abs)], 0)),
        ];
        foreach ((string pair, double distance) in distances)
        {
            output.WriteLine($"{pair}: {distance:F2} standard errors");
            Assert.InRange(distance, -Errors, Errors);
        }

        Assert.InRange(KolmogorovSmirnov.OneSample(second[0], ReferenceNormal.Cdf).PValue, Rare, 1);
    }

    static RiskFactor Constant(string name) => new() { Name = name, Kind = RiskFactorKind.Price, Level = 1, Variance = Daily * Daily };

    static ClearingSet Set(RiskFactor[] factors, double[,] correlation, Copula copula, Precision precision, int scenarios, int horizon, ulong seed) => new()
    {
        Settings = new RunSettings
        {
            AsOf = new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero),
            Currency = "USD",
            Copula = copula,
            Scenarios = scenarios,
            Seed = seed,
            HorizonDays = horizon,
            Precision = precision,
        },
        Factors = factors,
        Correlation = correlation,
        Instruments = [new Instrument { Name = "I", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD" }],
        Accounts = ["A"],
        Positions = new PositionTable([0], [0], [1]),
    };

    static double[][] Columns(ClearingSet set, double scale)
    {
        ValuationRun plan = MarginCalculator.Plan(set);
        double[][] columns = [.. set.Factors.Select(_ => new double[set.Settings.Scenarios])];
        new CpuBackend().VisitScenarios(plan, (first, rows, values) =>
        {
            for (int row = 0; row < rows; row++)
            {
                for (int f = 0; f < columns.Length; f++)
                {
                    columns[f][first + row] = scale * values[row * columns.Length + f];
                }
            }
        });
        return columns;
    }

    // τ of blocks, their mean against the truth in standard errors of that mean: τ is unbiased in every block and its variance
    // needs no formula.
    static double TauDistance(double[] x, double[] y, double truth)
    {
        const int Block = 1000;
        double[] taus = [.. Enumerable.Range(0, x.Length / Block)
            .Select(block => KendallTau.Of(x[(block * Block)..((block + 1) * Block)], y[(block * Block)..((block + 1) * Block)]))];
        SampleMoments moments = SampleMoments.Of(taus);
        return (moments.Mean - truth) / moments.MeanStandardError;
    }

    // P(U < q | V < q) of the bivariate t, given V = v: Y is t with ν + 1 degrees of freedom, mean ρv and squared scale
    // (ν + v²)(1 − ρ²)/(ν + 1).
    static double JointTail(double q, double nu, double rho)
    {
        double bound = -ReferenceStudentT.UpperQuantile(q, nu);
        return GaussLegendreRule.Integrate(
            share =>
            {
                double v = -ReferenceStudentT.UpperQuantile(q * share * share, nu);
                double scale = Math.Sqrt((nu + v * v) * (1 - rho * rho) / (nu + 1));
                return 2 * share * ReferenceStudentT.Cdf((bound - rho * v) / scale, nu + 1);
            },
            0, 1, 64);
    }
}
