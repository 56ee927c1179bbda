using System.Diagnostics;
using GpuMargin.Calibration;
using GpuMargin.ClearingSets;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Calibration.Volatility;

/// <summary>Sixty fits of R's fGarch: thirty stocks, normal and t. fGarch is not the benchmark; a higher likelihood is better.</summary>
public sealed class Dow30FitTests(ITestOutputHelper output)
{
    /// <summary>fGarch stops at about 1e-4 of its own maximum, and prints six decimals.</summary>
    const double NotBelowBy = 1e-3;

    [Fact]
    public void No_log_likelihood_is_below_fGarchs()
    {
        // fGarch does not hold the persistence below one.
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        (ReferenceReturns.PublishedFit Published, VolatilityFit Fit)[] fits =
            [.. ReferenceReturns.FGarch.AsParallel().AsOrdered().Select(published => (published, Fit(published, 1.1)))];
        output.WriteLine($"60 fits: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s, processor time of the whole process {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds:0.00} s");
        Assert.Equal(60, fits.Length);
        foreach ((ReferenceReturns.PublishedFit published, VolatilityFit fit) in fits)
            output.WriteLine($"{published.Ticker} {(published.IsStudentT ? "t" : "normal")}: {fit.LogLikelihood - published.LogLikelihood:0.000000} persistence {fit.Persistence:0.000000} (fGarch {published.Alpha + published.Beta:0.000000}) variance {fit.NextDayVariance:0.0000} ({published.NextDayVariance:0.0000}) nu {fit.Parameters.DegreesOfFreedom:0.00} {fit.Status} {string.Join("; ", fit.Findings)}");
        Assert.All(fits, pair => Assert.True(
            pair.Fit.LogLikelihood >= pair.Published.LogLikelihood - NotBelowBy,
            $"{pair.Published.Ticker} {pair.Fit.Marginal}: {pair.Fit.LogLikelihood} is below {pair.Published.LogLikelihood}."));
    }

    static VolatilityFit Fit(ReferenceReturns.PublishedFit published, double maximumPersistence) => VolatilityCalibration.Calibrate(
        ReferenceReturns.Dow30[published.Ticker],
        new()
        {
            Marginal = published.IsStudentT ? MarginalFamily.StudentT : MarginalFamily.Normal,
            MaximumPersistence = maximumPersistence,
        }).Candidates[0];
}
