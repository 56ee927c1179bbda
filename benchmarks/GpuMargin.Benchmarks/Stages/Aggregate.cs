using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>1,000,000 positions in 64 scenarios.</summary>
public class Aggregate : StageSuite
{
    const double Work = (double)SetS.Positions * SetS.Tile;

    NaiveSums naive = null!;

    public override void Prove()
    {
        base.Prove();
        naive = new NaiveSums(SetS.Plan.Positions, Widest.Changes());
        (double[] exact, double[] tolerances) = naive.Exact();
        Parity.RequireClose(exact, Widest.ProfitAndLoss(), tolerances, "P&L against naive sums");
    }

    [Benchmark]
    [Work(Unit.MultiplyAdds, Work)]
    public void NaiveSingle() => naive.Aggregate();

    [Benchmark(Baseline = true)]
    [Work(Unit.MultiplyAdds, Work)]
    public void ScalarLane() => Scalar.Aggregate();

    [Benchmark]
    [Work(Unit.MultiplyAdds, Work)]
    public void WidestLane() => Widest.Aggregate();
}
