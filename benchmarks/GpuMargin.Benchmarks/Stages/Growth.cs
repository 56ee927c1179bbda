using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>What options read of a shock: e^x of prices, e^x and e^−x of volatilities.</summary>
public class Growth : StageSuite
{
    const double Work = 1.5 * SetS.Factors * SetS.Tile;

    [Benchmark(Baseline = true)]
    [Work(Unit.Growths, Work)]
    public void ScalarLane() => Scalar.FillRows();

    [Benchmark]
    [Work(Unit.Growths, Work)]
    public void WidestLane() => Widest.FillRows();
}
