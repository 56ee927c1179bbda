using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Margin;

/// <summary>Two spot positions under a multivariate t: the loss is a t variate, so its VaR and ES are known and the printed intervals can be counted.</summary>
public sealed class LinearBookCoverageTests(ITestOutputHelper output)
{
    const int Seeds = 1000;
    const int Scenarios = 10_000;
    const double Correlation = 0.4;

    // Promised; the standard error of 1,000 seeds is 0.7 %.
    const double ShortfallLow = 0.93, ShortfallHigh = 0.97;
    const double ValueAtRiskLow = 0.94, ValueAtRiskHigh = 0.98;

    // A spot gains expm1(x) = x + x²/2 + …: with shocks below 1e-4 (100 standard deviations) relative 5e-5 at most, when an
    // interval's half width is 2 % or more.
    const double DailyDeviation = 1e-6;

    const double LargestShock = 1e-4;

    [Theory]
    [InlineData(double.PositiveInfinity, 2.326347874041, 2.665214220346)]
    [InlineData(4, 3.7469473880, 5.2205841945)]
    [Trait("Category", "Slow")]
    public void Intervals_hold_the_closed_form_as_often_as_they_say(double nu, double valueAtRiskOfVariate, double shortfallOfVariate)
    {
        ClearingSet set = Book(nu);
        ValuationRun plan = MarginCalculator.Plan(set);
        QuantileRanks ranks = QuantileRanks.For(Scenarios, set.Settings.Confidence);

        // 3·100 and −2·50: variance 300² + 100² − 2·0.4·300·100 of the book in units of the daily deviation.
        double bookDeviation = DailyDeviation * Math.Sqrt(300 * 300 + 100 * 100 - 2 * Correlation * 300 * 100);
        double scale = bookDeviation * (double.IsInfinity(nu) ? 1 : Math.Sqrt((nu - 2) / nu));
        double valueAtRisk = scale * valueAtRiskOfVariate, shortfall = scale * shortfallOfVariate;
        int coveredValueAtRisk = 0, coveredShortfall = 0;
        Parallel.For(0, Seeds, seed =>
        {
            EngineResult result = new CpuBackend(threads: 1).Run(plan with { Source = ((ScenarioPlan)plan.Source) with { Seed = (ulong)seed } });
            double[] losses = result.Tails[0].Losses;
            Assert.InRange(losses[0], 0, 300 * LargestShock);
            Count(ValueAtRisk.Estimate(losses, ranks), valueAtRisk, ref coveredValueAtRisk);
            Count(ExpectedShortfall.Estimate(losses, ranks), shortfall, ref coveredShortfall);
        });

        output.WriteLine($"nu {nu}: VaR covered {coveredValueAtRisk / (double)Seeds:P1}, ES covered {coveredShortfall / (double)Seeds:P1}");
        Assert.InRange(coveredValueAtRisk / (double)Seeds, ValueAtRiskLow, ValueAtRiskHigh);
        Assert.InRange(coveredShortfall / (double)Seeds, ShortfallLow, ShortfallHigh);
    }

    static void Count(Estimate estimate, double truth, ref int covered)
    {
        if (estimate.Low <= truth && truth <= estimate.High)
        {
            Interlocked.Increment(ref covered);
        }
    }

    static ClearingSet Book(double nu)
    {
        bool normal = double.IsInfinity(nu);
        return new ClearingSet
        {
            Settings = new RunSettings
            {
                AsOf = new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero),
                Currency = "USD",
                Copula = new Copula(normal ? CopulaFamily.Gaussian : CopulaFamily.StudentT, nu),
                Scenarios = Scenarios,
                HorizonDays = 1,
                Precision = Precision.Double,
            },
            Factors = [Price("X", 100), Price("Y", 50)],
            Correlation = new[,] { { 1, Correlation }, { Correlation, 1 } },
            Instruments = [Spot(0), Spot(1)],
            Accounts = ["A"],
            Positions = new PositionTable([0, 0], [0, 1], [3, -2]),
        };

        RiskFactor Price(string name, double level) => new()
        {
            Name = name,
            Kind = RiskFactorKind.Price,
            Level = level,
            Variance = DailyDeviation * DailyDeviation,
            Marginal = normal ? MarginalFamily.Normal : MarginalFamily.StudentT,
            DegreesOfFreedom = normal ? double.NaN : nu,
        };

        static Instrument Spot(int factor) => new() { Name = $"S{factor}", Type = InstrumentType.Spot, Underlying = factor, Currency = "USD" };
    }
}
