using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;

namespace GpuMargin.Benchmarks.Jobs;

/// <summary>Job S with ten times the scenarios.</summary>
[WarmupCount(1)]
[IterationCount(3)]
[InvocationCount(1, 1)]
public class JobL : JobSuite
{
    const int ScenariosOfL = 100_000;

    internal override int Scenarios => ScenariosOfL;

    internal override ClearingSet Set(Precision precision, int scenarios) => SetS.Set(precision, scenarios);

    [Benchmark]
    [Work(Unit.MultiplyAdds, (double)SetS.Positions * ScenariosOfL)]
    [Work(Unit.Scenarios, ScenariosOfL)]
    [Work(Unit.Accounts, SetS.Accounts)]
    public MarginReport Run() => Calculate();
}
