using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>The triangular product of 500 factors.</summary>
public class Correlate : StageSuite
{
    const double Work = SetS.Factors * (SetS.Factors + 1.0) / 2 * SetS.Tile;

    [Benchmark(Baseline = true)]
    [Work(Unit.MultiplyAdds, Work)]
    public void ScalarLane() => Scalar.Correlate();

    [Benchmark]
    [Work(Unit.MultiplyAdds, Work)]
    public void WidestLane() => Widest.Correlate();
}
