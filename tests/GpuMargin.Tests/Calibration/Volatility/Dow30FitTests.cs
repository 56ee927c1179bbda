using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

/// <summary>Sixty fits of R's fGarch: thirty stocks, normal and t. fGarch is not the benchmark; a higher likelihood is better.</summary>
public sealed class Dow30FitTests
{
    /// <summary>The demand; measured is 1e-6, the digits that fGarch prints.</summary>
    const double NotBelowBy = 1e-3;

    /// <summary>fGarch does not hold the persistence below one: its largest is 1.0022.</summary>
    const double ConstraintLifted = 1.1;

    static readonly (ReferenceReturns.PublishedFit Published, VolatilityFit Fit)[] s_lifted = Fits(ConstraintLifted, calibration => calibration.Candidates[0]);

    [Fact]
    public void No_log_likelihood_is_below_fGarchs()
    {
        Assert.Equal(60, s_lifted.Length);
        Assert.All(s_lifted, pair => Assert.True(
            pair.Fit.LogLikelihood >= pair.Published.LogLikelihood - NotBelowBy,
            $"{pair.Published.Ticker} {pair.Fit.Marginal}: {pair.Fit.LogLikelihood} is below {pair.Published.LogLikelihood}."));
    }

    [Fact]
    public void Next_day_variances_are_fGarchs_where_it_found_the_maximum()
    {
        // GE's nu is at fGarch's bound of 10. XOM's too, MRK's optimiser stopped early, HWP's omega is on its bound here: 1e-3.
        Assert.All(s_lifted.Where(pair => pair.Published.Ticker != "GE"), pair => Assert.InRange(
            pair.Fit.NextDayVariance / pair.Published.NextDayVariance, 1 - 1e-3, 1 + 1e-3));
    }

    [Fact]
    public void A_persistence_beyond_the_bound_is_held_there_and_no_EWMA_is_worse_than_another_model()
    {
        (ReferenceReturns.PublishedFit Published, VolatilityCalibration Calibration)[] constrained =
            Fits(new VolatilityOptions().MaximumPersistence, calibration => calibration);
        string[] explosive = [.. s_lifted.Where(pair => pair.Fit.Persistence >= 1).Select(pair => $"{pair.Published.Ticker} {pair.Published.IsStudentT}")];
        Assert.Equal(["HWP False", "HWP True", "HD False", "INTC False", "IP False", "IP True", "PG False"], explosive);
        foreach ((ReferenceReturns.PublishedFit published, VolatilityCalibration calibration) in constrained)
        {
            if (!explosive.Contains($"{published.Ticker} {published.IsStudentT}"))
            {
                Assert.Equal(VolatilityModel.Garch, calibration.Fit.Model);
                Assert.Empty(calibration.Warnings);
                continue;
            }

            VolatilityFit held = calibration.Candidates[0];
            Assert.Equal(FitStatus.OnBound, held.Status);
            Assert.Equal(.9999, held.Persistence, 1e-12);
            Assert.True(held.StandardErrors.Alpha > 0);
            Assert.Equal(held.StandardErrors.Alpha, held.StandardErrors.Beta, 1e-12); // their sum is fixed
            Assert.Equal(published.IsStudentT ? 4 : 3, held.FreeParameters); // mean, omega, alpha, nu
            Assert.Equal(held.MeanSquaredResidual, held.LongRunVariance);
            Assert.StartsWith("GARCH sits on a bound: ", calibration.Warnings[0]);
            Assert.Contains(" is used: ", calibration.Warnings[1], StringComparison.Ordinal);
            double best = calibration.Candidates.Where(fit => fit.IsUsable).Max(fit => fit.LogLikelihood);
            Assert.True(calibration.Fit.Model != VolatilityModel.Ewma || calibration.Fit.LogLikelihood > best - 2);
        }
    }

    static (ReferenceReturns.PublishedFit Published, T Result)[] Fits<T>(double maximumPersistence, Func<VolatilityCalibration, T> result) =>
    [
        .. ReferenceReturns.FGarch.AsParallel().AsOrdered().Select(published => (published, result(VolatilityCalibration.Calibrate(
            ReferenceReturns.Dow30[published.Ticker],
            new()
            {
                Marginal = published.IsStudentT ? MarginalFamily.StudentT : MarginalFamily.Normal,
                MaximumPersistence = maximumPersistence,
            })))),
    ];
}
