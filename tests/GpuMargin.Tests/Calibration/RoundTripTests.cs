using GpuMargin.Backends;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;
using KendallTau = GpuMargin.Tests.Reference.KendallTau;

namespace GpuMargin.Tests.Calibration;

/// <summary>Scenarios drawn from a calibrated model have what was calibrated; seeds are fixed, so a rejection is a finding.</summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    const int Draws = 20_000;
    const double Errors = 4; // standard errors; one in 16,000 if normal
    const double Rare = 1e-4; // p-value of one of thirty factors

    static readonly ReturnHistory s_history = HistoryReader.Read(
        Path.Combine(Dow30.Folder, "history.csv"), new HistoryOptions { Window = 2527 }); // without the first day, which is no price move

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(VolatilityModel.Garch, MarginalFamily.Normal)]
    [InlineData(VolatilityModel.Garch, MarginalFamily.StudentT)]
    [InlineData(VolatilityModel.Gjr, MarginalFamily.SkewedT)]
    [InlineData(VolatilityModel.Auto, MarginalFamily.Empirical)]
    public void Scenarios_have_the_calibrated_variances_marginals_and_rank_correlations(VolatilityModel model, MarginalFamily marginal)
    {
        CalibrationResult result = Calibrate(model, marginal, paretoTails: false);
        double[][] shocks = Shocks(result);
        double farthest = 0, least = 1, farthestTau = 0;
        for (int f = 0; f < shocks.Length; f++)
        {
            RiskFactor factor = result.Factors[f].Factor;
            ReferenceMarginal innovation = ReferenceMarginal.Of(factor);
            double scale = Math.Sqrt(factor.Variance);
            double[] innovations = [.. shocks[f].Select(shock => (shock - factor.Mean) / scale)];
            SampleMoments moments = SampleMoments.Of(innovations);
            double variance = factor.Marginal == MarginalFamily.Empirical ? new ReferenceEmpirical(factor.Residuals).Variance : 1;
            farthest = Math.Max(farthest, Math.Abs(moments.Variance - variance) / moments.VarianceStandardError);
            farthest = Math.Max(farthest, Math.Abs(moments.Mean) / moments.MeanStandardError);
            least = Math.Min(least, KolmogorovSmirnov.OneSample(innovations, innovation.Cdf).PValue);
            for (int g = 0; g < f; g++)
            {
                farthestTau = Math.Max(farthestTau, Math.Abs(TauDistance(shocks[f], shocks[g], KendallTau.OfEllipticalCopula(result.Dependence.Correlation[f, g]))));
            }
        }

        output.WriteLine($"{model} {marginal}: moments within {farthest:F2} standard errors, least p-value {least:G3}, tau within {farthestTau:F2} standard errors");
        Assert.InRange(farthest, 0, Errors);
        Assert.InRange(least, Rare, 1);
        Assert.InRange(farthestTau, 0, Errors);
    }

    [Fact]
    public void Scenarios_of_empirical_marginals_with_Pareto_tails_have_the_calibrated_tail_index_and_go_past_history()
    {
        CalibrationResult result = Calibrate(VolatilityModel.Garch, MarginalFamily.Empirical, paretoTails: true);
        double[][] shocks = Shocks(result);
        double farthest = 0;
        int past = 0;
        for (int f = 0; f < shocks.Length; f++)
        {
            FactorCalibration factor = result.Factors[f];
            double scale = Math.Sqrt(factor.Factor.Variance);
            double[] innovations = [.. shocks[f].Select(shock => (shock - factor.Factor.Mean) / scale)];
            var tails = factor.Tails!;

            // The points are standardised on their way into the scenarios, which scales and moves excesses and leaves their shape.
            double mean = factor.Volatility.Innovations.Average();
            double deviation = Math.Sqrt(factor.Volatility.Innovations.Average(z => (z - mean) * (z - mean)));
            double[] upper = [.. innovations.Select(z => z * deviation + mean - tails.UpperThreshold).Where(y => y > 0)];
            double[] lower = [.. innovations.Select(z => tails.LowerThreshold - z * deviation - mean).Where(y => y > 0)];
            farthest = Math.Max(farthest, ShapeDistance(upper, tails.UpperTail.Shape));
            farthest = Math.Max(farthest, ShapeDistance(lower, tails.LowerTail.Shape));
            past += innovations.Max() > factor.Volatility.Fit.StandardizedResiduals.Max() ? 1 : 0;
        }

        output.WriteLine($"tail shapes within {farthest:F2} standard errors; {past} of {shocks.Length} factors go past history");
        Assert.InRange(farthest, 0, Errors);
        Assert.InRange(past, shocks.Length / 2, shocks.Length); // 20,000 draws against 2,527 days: nearly always
    }

    [Fact]
    public void Scenarios_of_t_marginals_pass_the_calibrated_far_quantiles_as_often_as_they_should()
    {
        const double Tail = 1e-3;
        CalibrationResult result = Calibrate(VolatilityModel.Garch, MarginalFamily.StudentT, paretoTails: false);
        double[][] shocks = Shocks(result);
        double error = Math.Sqrt(Draws * Tail * (1 - Tail));
        double farthest = 0;
        for (int f = 0; f < shocks.Length; f++)
        {
            RiskFactor factor = result.Factors[f].Factor;
            double bound = factor.Mean - Math.Sqrt(factor.Variance) * ReferenceMarginal.Of(factor).UpperQuantile(Tail);
            farthest = Math.Max(farthest, Math.Abs(shocks[f].Count(shock => shock < bound) - Draws * Tail) / error);
        }

        output.WriteLine($"falls beyond the 0.1 % quantile: within {farthest:F2} standard errors");
        Assert.InRange(farthest, 0, Errors);
    }

    static CalibrationResult Calibrate(VolatilityModel model, MarginalFamily marginal, bool paretoTails) => HistoryCalibration.Calibrate(
        s_history, new CalibrationOptions { Volatility = new VolatilityOptions { Model = model, Marginal = marginal, ParetoTails = paretoTails } });

    // Standard error of maximum likelihood: (1 + ξ)/√n (Smith 1985).
    static double ShapeDistance(double[] excesses, double shape) =>
        Math.Abs(GeneralizedParetoTail.Fit(excesses).Shape - shape) / ((1 + shape) / Math.Sqrt(excesses.Length));

    // τ of blocks, their mean against the truth in standard errors of that mean, as in ScenarioStatisticsTests.
    static double TauDistance(double[] x, double[] y, double truth)
    {
        const int Block = 100;
        SampleMoments moments = SampleMoments.Of([.. Enumerable.Range(0, x.Length / Block)
            .Select(block => KendallTau.Of(x[(block * Block)..((block + 1) * Block)], y[(block * Block)..((block + 1) * Block)]))]);
        return (moments.Mean - truth) / moments.MeanStandardError;
    }

    static double[][] Shocks(CalibrationResult result)
    {
        ClearingSet set = new()
        {
            Settings = new RunSettings
            {
                AsOf = s_history.Dates[^1],
                Currency = "USD",
                Copula = result.Dependence.Copula,
                Scenarios = Draws,
                HorizonDays = 1,
            },
            Factors = [.. result.Factors.Select(factor => factor.Factor)],
            Correlation = result.Dependence.Correlation,
            Instruments = [new Instrument { Name = "I", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD" }],
            Accounts = ["A"],
            Positions = new PositionTable([0], [0], [1]),
        };
        double[,] table = Visited.Scenarios(new CpuBackend(), MarginCalculator.Plan(set));
        return [.. Enumerable.Range(0, set.Factors.Count).Select(f => Enumerable.Range(0, Draws).Select(s => table[s, f]).ToArray())];
    }
}
