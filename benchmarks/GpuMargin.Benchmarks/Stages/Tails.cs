using BenchmarkDotNet.Attributes;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>The worst losses of 128 accounts out of 10,000 scenarios, tile by tile as they come.</summary>
public class Tails
{
    const int Accounts = 128;
    const double Work = (double)Accounts * SetS.Scenarios;

    readonly int length = TailLength.Required(SetS.Scenarios, 0.99m);

    // [tile, account, scenario], as tiles come
    double[] profitAndLoss = [];

    [GlobalSetup]
    public void Prove()
    {
        profitAndLoss = NormalSample.Draw(Accounts * SetS.Scenarios, seed: 7);
        LossTail[] sorted = Sorting();
        LossTail[] kept = Threshold();
        for (int account = 0; account < Accounts; account++)
        {
            Parity.RequireEqualBits(sorted[account].Losses, kept[account].Losses, "tail losses");
            Parity.RequireEqual<int>(sorted[account].Scenarios, kept[account].Scenarios, "tail scenarios");
        }
    }

    [Benchmark(Baseline = true)]
    [Work(Unit.Values, Work)]
    public LossTail[] Sorting()
    {
        LossTail[] tails = new LossTail[Accounts];
        for (int account = 0; account < Accounts; account++)
        {
            (double Loss, int Scenario)[] losses = new (double, int)[SetS.Scenarios];
            for (int s = 0; s < losses.Length; s++)
            {
                losses[s] = (-Leaf(account, s - s % SetS.Tile)[s % SetS.Tile], s);
            }

            Array.Sort(losses, (a, b) => a.Loss != b.Loss ? b.Loss.CompareTo(a.Loss) : a.Scenario.CompareTo(b.Scenario));
            tails[account] = new LossTail([.. losses.Take(length).Select(l => l.Loss)], [.. losses.Take(length).Select(l => l.Scenario)]);
        }

        return tails;
    }

    [Benchmark]
    [Work(Unit.Values, Work)]
    public LossTail[] Threshold()
    {
        TailStore store = new(Accounts, SetS.Plan.Positions.Key, length);
        for (int first = 0; first < SetS.Scenarios; first += SetS.Tile)
        {
            int count = Math.Min(SetS.Tile, SetS.Scenarios - first);
            store.Add(0, first, count, profitAndLoss.AsSpan(first * Accounts, count * Accounts));
        }

        LossTail[] tails = new LossTail[Accounts];
        for (int account = 0; account < Accounts; account++)
        {
            tails[account] = store.Tail(account);
        }

        return tails;
    }

    ReadOnlySpan<double> Leaf(int account, int first)
    {
        int count = Math.Min(SetS.Tile, SetS.Scenarios - first);
        return profitAndLoss.AsSpan(first * Accounts + account * count, count);
    }
}
