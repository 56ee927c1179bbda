using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>VaR and expected shortfall with their intervals, account by account on one thread.</summary>
public class RiskMeasures
{
    const int Accounts = 1_000;
    const decimal Confidence = 0.99m;

    // Sums of a hundred losses in a different order.
    const double RelativeTolerance = 1e-13;

    readonly QuantileRanks ranks = QuantileRanks.For(SetS.Scenarios, Confidence);

    double[][] tails = [];

    [GlobalSetup]
    public void Prove()
    {
        int length = TailLength.Required(ranks);
        tails = new double[Accounts][];
        for (int account = 0; account < Accounts; account++)
        {
            double[] losses = NormalSample.Draw(SetS.Scenarios, seed: (ulong)account);
            Array.Sort(losses);
            Array.Reverse(losses);
            tails[account] = losses[..length];
            const int Worst = SetS.Scenarios / 100;
            double shortfall = losses[..Worst].Average();
            Parity.RequireClose(
                [losses[Worst], shortfall],
                [ValueAtRisk.Estimate(tails[account], ranks).Value, ExpectedShortfall.Estimate(tails[account], ranks).Value],
                [0, RelativeTolerance * shortfall],
                "risk measures");
        }
    }

    [Benchmark]
    [Work(Unit.Accounts, Accounts)]
    public double Measure()
    {
        double sum = 0;
        foreach (double[] tail in tails)
        {
            sum += ValueAtRisk.Estimate(tail, ranks).High + ExpectedShortfall.Estimate(tail, ranks).High;
        }

        return sum;
    }
}
