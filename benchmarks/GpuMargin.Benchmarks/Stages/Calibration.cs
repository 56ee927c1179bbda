using System.Globalization;
using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.Calibration.Dependence;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>Calibration of a model to a history: the sample's thirty stocks, and a made history of 500 factors × 2,500 days.</summary>
[WarmupCount(1)]
[IterationCount(3)]
public class Calibration
{
    const int Stocks = 30;
    const int Factors = 500;
    const int Days = 2_500;
    const double Pairs = Factors * (Factors - 1) / 2.0;

    // A common factor of weight ½ gives every pair this correlation; four standard errors at 2,500 days are below 0.08.
    const double CommonCorrelation = 0.5;
    const double CorrelationTolerance = 0.1;

    double[][] stocks = [];
    double[,] history = new double[0, 0];
    double[,] uniforms = new double[0, 0];
    double[,] correlation = new double[0, 0];

    [GlobalSetup]
    public void Prove()
    {
        stocks = ReadStocks();
        history = MakeHistory();
        uniforms = PseudoObservations.Of(history);
        correlation = KendallTau.ToCorrelation(KendallTau.Matrix(history));
        Parity.RequireClose([CommonCorrelation], [correlation[0, Factors - 1]], [CorrelationTolerance], "Kendall's tau");
        foreach (VolatilityFit fit in Volatilities())
        {
            Parity.RequireMoved([fit.LogLikelihood], "volatility fit");
            if (fit.Status == FitStatus.NotConverged)
            {
                throw new InvalidOperationException("A fit did not converge, so nothing is timed.");
            }
        }
    }

    /// <summary>Sixty GARCH fits, thirty normal and thirty Student t, on all processors.</summary>
    [Benchmark]
    [Work("fits", 2 * Stocks)]
    public VolatilityFit[] Volatilities()
    {
        VolatilityFit[] fits = new VolatilityFit[2 * stocks.Length];
        Parallel.For(0, fits.Length, i => fits[i] = VolatilityCalibration.Calibrate(
            stocks[i / 2],
            new VolatilityOptions { Marginal = i % 2 == 0 ? MarginalFamily.Normal : MarginalFamily.StudentT }).Fit);
        return fits;
    }

    [Benchmark]
    [Work("pairs", Pairs)]
    public double[,] Tau() => KendallTau.Matrix(history);

    [Benchmark]
    public StudentTCopulaFit TCopula() => StudentTCopulaFit.Of(uniforms, correlation);

    [Benchmark]
    public DynamicCorrelation Dcc() => DynamicCorrelation.Fit(history);

    static double[][] ReadStocks()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GpuMargin.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("GpuMargin.sln is not above the program.");
        }

        double[][] prices = [.. File.ReadLines(Path.Combine(folder, "samples", "dow30", "history.csv")).Skip(1)
            .Select(line => line.Split(',').Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        return [.. Enumerable.Range(0, Stocks).Select(stock =>
            Enumerable.Range(1, prices.Length - 1).Select(day => Math.Log(prices[day][stock] / prices[day - 1][stock])).ToArray())];
    }

    static double[,] MakeHistory()
    {
        double[] normals = NormalSample.Draw(Days * (Factors + 1), seed: 1);
        double[,] made = new double[Days, Factors];
        for (int day = 0; day < Days; day++)
        {
            for (int factor = 0; factor < Factors; factor++)
            {
                made[day, factor] = Math.Sqrt(CommonCorrelation) * normals[day]
                    + Math.Sqrt(1 - CommonCorrelation) * normals[Days + day * Factors + factor];
            }
        }

        return made;
    }
}
