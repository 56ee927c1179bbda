using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>Marginal tables and a GARCH day.</summary>
public class Evolve : StageSuite
{
    const double Work = (double)SetS.Factors * SetS.Tile;

    [Benchmark(Baseline = true)]
    [Work(Unit.FactorDays, Work)]
    public void ScalarLane() => Scalar.Evolve();

    [Benchmark]
    [Work(Unit.FactorDays, Work)]
    public void WidestLane() => Widest.Evolve();
}
