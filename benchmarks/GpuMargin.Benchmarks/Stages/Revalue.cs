using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>10,000 options in 64 scenarios.</summary>
public class Revalue : StageSuite
{
    const double Work = (double)SetS.Instruments * SetS.Tile;

    NaiveOptions naive = null!;

    public override void Prove()
    {
        base.Prove();
        naive = new NaiveOptions(SetS.Set(), SetS.Plan.Instruments, Widest.Shocks());
        naive.Revalue();
        Parity.RequireClose(
            Array.ConvertAll(naive.Changes, change => (double)change), Widest.Changes(), naive.Tolerances(), "changes against naive ones");
    }

    [Benchmark]
    [Work(Unit.Prices, Work)]
    public void NaiveMathF() => naive.Revalue();

    [Benchmark(Baseline = true)]
    [Work(Unit.Prices, Work)]
    public void ScalarLane() => Scalar.Revalue();

    [Benchmark]
    [Work(Unit.Prices, Work)]
    public void WidestLane() => Widest.Revalue();
}
