using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>Philox and inversion; the copula's chi-square included.</summary>
public class Draw : StageSuite
{
    const double Work = (double)SetS.Factors * SetS.Tile;

    [Benchmark(Baseline = true)]
    [Work(Unit.Normals, Work)]
    public void ScalarLane() => Scalar.Draw();

    [Benchmark]
    [Work(Unit.Normals, Work)]
    public void WidestLane() => Widest.Draw();
}
