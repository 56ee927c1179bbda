using GpuMargin.Calibration.Dependence;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration.Dependence;

/// <summary>1,000 factors and 300 days: every matrix of the sample is singular.</summary>
public sealed class ManyFactorsTests
{
    const int Factors = 1000;
    const int Days = 300;

    static readonly double[,] s_sample = CopulaSamples.StudentT(Days, Factors, 5, 0.3, seed: 1);

    [Fact]
    public void Shrunk_rank_correlation_carries_a_t_copula()
    {
        StudentTCopulaFit fit = StudentTCopulaFit.OfRanks(s_sample);

        Assert.InRange(fit.Shrinkage!.Intensity, 0.01, 1);
        Assert.Equal(0.3, fit.Shrinkage.MeanCorrelation, 0.05);
        Assert.False(fit.Repair!.IsRepaired);
        Assert.NotNull(CorrelationFactor.TryOf(fit.Correlation));
        Assert.Equal(CopulaFamily.StudentT, fit.Family);
        Assert.InRange(fit.DegreesOfFreedom, 3.5, 7);
    }

    [Fact]
    public void Dynamic_correlation_forecasts_a_semi_definite_matrix()
    {
        DynamicCorrelation fit = DynamicCorrelation.Fit(s_sample);

        Assert.True(fit.Pairs > Factors);
        DependenceAssert.IsCorrelation(fit.Forecast);
    }
}
