using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Calibration.Volatility;

/// <summary>Simulate from known parameters, calibrate, recover: estimates scatter about the truth as their standard errors say.</summary>
public sealed class RecoveryTests(ITestOutputHelper output)
{
    const int Seeds = 200;
    const int Observations = 2_000;

    /// <summary>Three and a half standard errors of a mean of 200 standard scores, which leaves little to the bias of finite samples.</summary>
    const double LargestMean = 0.25;

    [Fact]
    public void Garch_with_t_innovations_is_recovered() => Recover(
        new(.05, .05, .1, 0, .85, 6, 0), VolatilityModel.Garch, MarginalFamily.StudentT,
        [("mean", p => p.Mean), ("omega", p => p.Omega), ("alpha", p => p.Alpha), ("beta", p => p.Beta), ("nu", p => p.DegreesOfFreedom)]);

    [Fact]
    public void Gjr_with_normal_innovations_is_recovered() => Recover(
        new(.05, .05, .05, .1, .85, double.NaN, 0), VolatilityModel.Gjr, MarginalFamily.Normal,
        [("mean", p => p.Mean), ("omega", p => p.Omega), ("alpha", p => p.Alpha), ("gamma", p => p.Gamma), ("beta", p => p.Beta)]);

    void Recover(
        VolatilityParameters truth, VolatilityModel model, MarginalFamily marginal, (string Name, Func<VolatilityParameters, double> Of)[] estimates)
    {
        VolatilityOptions options = new() { Model = model, Marginal = marginal };
        VolatilityFit[] fits =
        [
            .. Enumerable.Range(1, Seeds).AsParallel().AsOrdered()
                .Select(seed => VolatilityCalibration.Calibrate(SimulatedReturns.Of(truth, Observations, seed), options).Candidates[0]),
        ];
        Assert.All(fits, fit => Assert.Equal(FitStatus.Converged, fit.Status));
        List<string> beyond = [];
        foreach ((string name, Func<VolatilityParameters, double> of) in estimates)
        {
            double[] scores = [.. fits.Select(fit => (of(fit.Parameters) - of(truth)) / of(fit.StandardErrors))];
            double mean = scores.Average();
            double deviation = Math.Sqrt(scores.Sum(z => (z - mean) * (z - mean)) / (Seeds - 1));
            string line = FormattableString.Invariant($"{name}: mean {mean:0.000}, standard deviation {deviation:0.000}");
            output.WriteLine(line);
            if (!(Math.Abs(mean) <= LargestMean && deviation is >= 0.8 and <= 1.25))
            {
                beyond.Add(line);
            }
        }

        Assert.Empty(beyond);
    }
}
