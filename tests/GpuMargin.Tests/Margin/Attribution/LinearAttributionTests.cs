using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin.Attribution;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Margin.Attribution;

/// <summary>Three additive prices under a multivariate normal or t: component expected shortfalls are known.</summary>
public sealed class LinearAttributionTests(ITestOutputHelper output)
{
    const double NormalShortfall = 2.665214220346, ShortfallOfT4 = 5.2205841945;

    static readonly double[] s_amounts = [100, -40, 60];

    static readonly double[,] s_covariance = { { .04, .018, .006 }, { .018, .09, .012 }, { .006, .012, .0225 } };

    [Fact]
    public void Published_components_are_met()
    {
        double[] expected = [43.5868520489, 5.1729450783, 10.5614295349];
        Assert.Equal(expected, Components(NormalShortfall), (a, b) => Math.Abs(a - b) < 1e-8);

        PositionTail tail = Tail(Set(double.PositiveInfinity, 200_000, 1));

        for (int i = 0; i < 3; i++)
        {
            ShortfallPart part = tail.Part(i);
            Assert.InRange((part.Component - expected[i]) / part.StandardError, -3.5, 3.5);
            Assert.InRange(part.StandardError, 0, 0.5);
        }
    }

    [Theory]
    [InlineData(double.PositiveInfinity, NormalShortfall, Sampling.Philox, 10_000)]
    [InlineData(double.PositiveInfinity, NormalShortfall, Sampling.Philox, 2_000)]
    [InlineData(4, ShortfallOfT4, Sampling.Philox, 10_000)]
    [Trait("Category", "Slow")]
    public void Standard_errors_cover_as_often_as_they_say(double nu, double shortfall, Sampling sampling, int scenarios)
    {
        const int Seeds = 700;
        double[] truth = Components(shortfall * (double.IsInfinity(nu) ? 1 : Math.Sqrt((nu - 2) / nu)));
        int covered = 0;
        Parallel.For(0, Seeds, seed =>
        {
            ClearingSet set = Set(nu, scenarios, (ulong)seed + 1);
            PositionTail tail = Tail(set with { Settings = set.Settings with { Sampling = sampling } });
            for (int i = 0; i < 3; i++)
            {
                ShortfallPart part = tail.Part(i);
                if (Math.Abs(part.Component - truth[i]) <= 1.96 * part.StandardError)
                {
                    Interlocked.Increment(ref covered);
                }
            }
        });

        output.WriteLine($"{covered / (3.0 * Seeds):P1}");
        Assert.InRange(covered / (3.0 * Seeds), 0.93, 0.97);
    }

    // w·(Σw)/√(w'Σw) times the expected shortfall of the variate.
    static double[] Components(double shortfall)
    {
        double[] product = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Sum(j => s_covariance[i, j] * s_amounts[j]))];
        double deviation = Math.Sqrt(Enumerable.Range(0, 3).Sum(i => s_amounts[i] * product[i]));
        return [.. Enumerable.Range(0, 3).Select(i => shortfall * s_amounts[i] * product[i] / deviation)];
    }

    static PositionTail Tail(ClearingSet set)
    {
        PositionTail? tail = null;
        ShortfallAttribution.Of(set, [0], new CpuBackend(threads: 1), taken => tail = taken);
        return tail!;
    }

    static ClearingSet Set(double nu, int scenarios, ulong seed)
    {
        bool normal = double.IsInfinity(nu);
        return new ClearingSet
        {
            Settings = new RunSettings
            {
                AsOf = DateTimeOffset.UnixEpoch,
                Currency = "USD",
                Copula = new Copula(normal ? CopulaFamily.Gaussian : CopulaFamily.StudentT, nu),
                Scenarios = scenarios,
                Seed = seed,
                HorizonDays = 1,
                Precision = Precision.Double,
            },
            Factors = [.. Enumerable.Range(0, 3).Select(i => new RiskFactor
            {
                Name = $"F{i}", Kind = RiskFactorKind.Additive, Level = 100, Variance = s_covariance[i, i],
                Marginal = normal ? MarginalFamily.Normal : MarginalFamily.StudentT, DegreesOfFreedom = nu,
            })],
            Correlation = Correlation(),
            Instruments = [.. Enumerable.Range(0, 3).Select(i => new Instrument { Name = $"I{i}", Type = InstrumentType.Spot, Underlying = i, Currency = "USD" })],
            Accounts = ["A"],
            Positions = new PositionTable([0, 0, 0], [0, 1, 2], s_amounts),
        };
    }

    static double[,] Correlation()
    {
        double[,] correlation = new double[3, 3];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                correlation[i, j] = i == j ? 1 : s_covariance[i, j] / Math.Sqrt(s_covariance[i, i] * s_covariance[j, j]);
            }
        }

        return correlation;
    }
}
