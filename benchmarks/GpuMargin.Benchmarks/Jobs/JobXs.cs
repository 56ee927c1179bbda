using BenchmarkDotNet.Attributes;
using GpuMargin.Benchmarks.Config;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;

namespace GpuMargin.Benchmarks.Jobs;

/// <summary>A job of a moment, for continuous integration: 60 factors, 1,000 instruments, 100 accounts × 50 positions.</summary>
public class JobXs : JobSuite
{
    static readonly ClearingSet s_set = SyntheticClearingSet.Generate(new SyntheticOptions { Scenarios = 1_000 });

    internal override int Scenarios => 1_000;

    internal override ClearingSet Set(Precision precision, int scenarios) =>
        s_set with { Settings = s_set.Settings with { Precision = precision, Scenarios = scenarios } };

    [Benchmark]
    [Work(Unit.MultiplyAdds, 100.0 * 50 * 1_000)]
    [Work(Unit.Scenarios, 1_000)]
    [Work(Unit.Accounts, 100)]
    public MarginReport Run() => Calculate();
}
