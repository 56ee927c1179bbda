using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;

namespace GpuMargin.Benchmarks.Jobs;

/// <summary>The size of an options clearing house's overnight run.</summary>
[WarmupCount(1)]
[IterationCount(3)]
[InvocationCount(1, 1)]
public class JobS : JobSuite
{
    internal override int Scenarios => SetS.Scenarios;

    internal override ClearingSet Set(Precision precision, int scenarios) => SetS.Set(precision, scenarios);

    [Benchmark]
    [Work(Unit.MultiplyAdds, (double)SetS.Positions * SetS.Scenarios)]
    [Work(Unit.Scenarios, SetS.Scenarios)]
    [Work(Unit.Accounts, SetS.Accounts)]
    public MarginReport Run() => Calculate();
}
