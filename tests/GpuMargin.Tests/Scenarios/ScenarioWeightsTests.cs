using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Scenarios;

public sealed class ScenarioWeightsTests
{
    [Theory]
    [InlineData(Sampling.Philox)]
    [InlineData(Sampling.Sobol)]
    public void Weights_lie_between_0_and_2_and_average_to_one(Sampling sampling)
    {
        const int Scenarios = 65_536;
        // A weight's variance is below 1; Sobol points put one into every 4,096th of each randomisation's distribution.
        double tolerance = sampling == Sampling.Philox ? 5 / Math.Sqrt(Scenarios) : 2.0 / 4096;
        ScenarioWeights weights = Plan(sampling, Importance.On, 3).Weights();
        double[] all = weights.First(Scenarios);
        Assert.True(weights.Vary);
        Assert.All(all, weight => Assert.InRange(weight, 0, 2));
        Assert.InRange(all.Average(), 1 - tolerance, 1 + tolerance);
        Assert.True(all.Min() < 0.2 && all.Max() > 1.5);
    }

    [Fact]
    public void Without_importance_sampling_every_weight_is_one()
    {
        foreach (ScenarioPlan plan in (ScenarioPlan[])[Plan(Sampling.Philox, Importance.Off, 2), Plan(Sampling.Sobol, Importance.Off, 2), Plan(Sampling.Sobol, Importance.On, 0)])
        {
            ScenarioWeights weights = plan.Weights();
            Assert.False(weights.Vary);
            Assert.All(weights.First(100), weight => Assert.Equal(1, weight));
        }
    }

    // The law of the shocks is the model's whatever is drawn more often: weighted moments against those of plain draws.
    [Theory]
    [InlineData(Sampling.Philox, Importance.On, 1)]
    [InlineData(Sampling.Philox, Importance.On, 5)]
    [InlineData(Sampling.Sobol, Importance.Off, 1)]
    [InlineData(Sampling.Sobol, Importance.Off, 5)]
    [InlineData(Sampling.Sobol, Importance.On, 1)]
    [InlineData(Sampling.Sobol, Importance.On, 5)]
    public void Weighted_shocks_have_the_means_of_plain_ones(Sampling sampling, Importance importance, int horizon)
    {
        const int Scenarios = 1 << 17;
        const double Errors = 4.5; // twelve cases of eleven statistics: beyond once in a thousand suites
        VariedSet shape = new() { Factors = 4, Horizon = horizon, Scenarios = Scenarios, Instruments = 4, Positions = 2 };
        (double[] mean, double[] error) = Statistics(shape with { Seed = 3 });
        (double[] found, double[] foundError) = Statistics(shape with { Seed = 3, Sampling = sampling, Importance = importance });
        for (int i = 0; i < mean.Length; i++)
        {
            // Plain sampling's error bounds that of Sobol points; weights have their own.
            double combined = Math.Sqrt(error[i] * error[i] + foundError[i] * foundError[i]);
            Assert.InRange((found[i] - mean[i]) / combined, -Errors, Errors);
        }
    }

    // Bounded functions of standardised shocks, so that the central limit holds: products of signs, tail events and joint tail events.
    static (double[] Mean, double[] Error) Statistics(VariedSet shape)
    {
        ClearingSet set = shape.Build(Precision.Double);
        var plan = MarginCalculator.Plan(set);
        ScenarioWeights weights = plan.Source.Weights();
        double[] scale = [.. set.Factors.Select(f => Math.Sqrt(f.Variance * Math.Max(set.Settings.HorizonDays, 1)))];
        double[]? sum = null;
        double[]? squares = null;
        new CpuBackend().VisitScenarios(plan, (first, rows, values) =>
        {
            int n = scale.Length;
            for (int row = 0; row < rows; row++)
            {
                List<double> statistics = [];
                for (int i = 0; i < n; i++)
                {
                    double x = values[row * n + i] / scale[i];
                    statistics.Add(x > 2.5 ? 1 : 0);
                    statistics.Add(Math.Clamp(x, -3, 3));
                    for (int j = 0; j < i; j++)
                    {
                        double y = values[row * n + j] / scale[j];
                        statistics.Add(Math.Sign(x) * Math.Sign(y));
                        statistics.Add(Math.Abs(x) > 2 && Math.Abs(y) > 2 ? 1 : 0);
                    }
                }

                sum ??= new double[statistics.Count];
                squares ??= new double[statistics.Count];
                double weight = weights.Of(first + row);
                for (int k = 0; k < sum.Length; k++)
                {
                    sum[k] += weight * statistics[k];
                    squares[k] += weight * weight * statistics[k] * statistics[k];
                }
            }
        });
        double count = shape.Scenarios;
        return ([.. sum!.Select(s => s / count)], [.. sum!.Zip(squares!, (s, q) => Math.Sqrt((q / count - s / count * (s / count)) / count))]);
    }

    static ScenarioPlan Plan(Sampling sampling, Importance importance, int horizon) =>
        (ScenarioPlan)MarginCalculator.Plan(new VariedSet { Sampling = sampling, Importance = importance, Horizon = horizon, Seed = 11 }.Build(Precision.Mixed)).Source;
}
