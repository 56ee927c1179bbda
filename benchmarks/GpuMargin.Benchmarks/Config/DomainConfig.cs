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
/// to be restored and built at run time. The hot loops are compiled once and fully (AggressiveOptimization), so what ran
/// before in the process does not change their code.
/// </remarks>
sealed class DomainConfig : ManualConfig
{
    /// <param name="arguments">The command line: a job given there replaces the short one.</param>
    public DomainConfig(string[] arguments)
    {
        Job job = arguments.Any(argument => argument is "--job" or "-j")
            ? Job.InProcess
            : Job.Default.WithWarmupCount(3).WithIterationCount(7).WithIterationTime(TimeInterval.FromMilliseconds(100)).WithId("Short");
        AddJob(job.WithToolchain(InProcessEmitToolchain.Instance));
        AddColumnProvider(
            DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Statistics, DefaultColumnProviders.Metrics);
        AddColumn(RateColumn.All);
        AddExporter(MarkdownExporter.GitHub, CsvExporter.Default);
        AddLogger(ConsoleLogger.Default);
        HideColumns(Column.Error, Column.RatioSD, Column.Median);
    }
}
