using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace GpuMargin.Benchmarks.Config;

/// <summary>Short runs in this process, with columns in the domain's units.</summary>
/// <remarks>
/// In process, because the plan of job S takes seconds to build and is then shared by all suites, and because nothing has
/// to be restored and built at run time. The hot loops are compiled fully at once (TieredCompilationQuickJitForLoops), so what ran
/// before in the process does not change their code. Iterations are short and rates come from the fastest, because a
/// machine that is shared takes the processor away for milliseconds at a time.
/// </remarks>
sealed class DomainConfig : ManualConfig
{
    public DomainConfig(bool withJob)
    {
        if (withJob)
        {
            AddJob(Job.Default
                .WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(2)
                .WithIterationCount(15)
                .WithIterationTime(TimeInterval.FromMilliseconds(20))
                .WithId("Short"));
        }

        AddColumnProvider(
            DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Statistics, DefaultColumnProviders.Metrics);
        AddColumn(StatisticColumn.Min);
        AddColumn(RateColumn.All);
        AddExporter(MarkdownExporter.GitHub, CsvExporter.Default);
        AddLogger(ConsoleLogger.Default);
        HideColumns(Column.Error, Column.RatioSD, Column.Median);
    }
}
