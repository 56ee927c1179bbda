using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

/// <summary>A model that contains another cannot have the lower maximum: one that has stopped short of it.</summary>
public sealed class NestedModelTests
{
    /// <summary>Log-likelihood by which a maximum on a bound may fall short: approached until a mean of 1e-11 per observation is left to be had.</summary>
    const double ShortOfBound = 1e-5;

    [Fact]
    public void The_richer_model_never_has_the_lower_log_likelihood()
    {
        (string Ticker, Dictionary<(VolatilityModel, MarginalFamily), VolatilityFit> Fits)[] stocks =
        [
            .. ReferenceReturns.Dow30.AsParallel().AsOrdered().Select(stock => (stock.Key,
                (from model in (VolatilityModel[])[VolatilityModel.Constant, VolatilityModel.Garch, VolatilityModel.Gjr]
                 from marginal in (MarginalFamily[])[MarginalFamily.Normal, MarginalFamily.StudentT, MarginalFamily.SkewedT]
                 select VolatilityCalibration.Calibrate(stock.Value, new() { Model = model, Marginal = marginal }).Candidates[0])
                .ToDictionary(fit => (fit.Model, fit.Marginal)))),
        ];
        foreach ((string ticker, Dictionary<(VolatilityModel Model, MarginalFamily Marginal), VolatilityFit> fits) in stocks)
        {
            foreach (VolatilityFit fit in fits.Values)
            {
                Assert.NotEqual(FitStatus.NotConverged, fit.Status);
                if (fit.Model > VolatilityModel.Constant)
                {
                    NotLower(fits[(fit.Model == VolatilityModel.Gjr ? VolatilityModel.Garch : VolatilityModel.Constant, fit.Marginal)], fit);
                }

                if (fit.Marginal > MarginalFamily.Normal)
                {
                    NotLower(fits[(fit.Model, fit.Marginal - 1)], fit);
                }
            }

            void NotLower(VolatilityFit poorer, VolatilityFit richer) => Assert.True(
                richer.LogLikelihood >= poorer.LogLikelihood - ShortOfBound,
                $"{ticker}: {richer.Model} {richer.Marginal} {richer.LogLikelihood} is below {poorer.Model} {poorer.Marginal} {poorer.LogLikelihood}.");
        }
    }
}
