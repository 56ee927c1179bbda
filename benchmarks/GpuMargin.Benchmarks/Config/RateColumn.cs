using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace GpuMargin.Benchmarks.Config;

/// <summary>Work per second, or nanoseconds per piece of work; shown in suites whose benchmarks state that unit.</summary>
sealed class RateColumn(string unit, string header, Func<double, double, double> value) : IColumn
{
    const double Nano = 1e-9;

    public static IColumn[] All { get; } =
    [
        PerSecond(Unit.Normals, "M normals/s", 1e6),
        PerSecond(Unit.MultiplyAdds, "Gfma/s", 1e9),
        PerSecond(Unit.FactorDays, "M factor-days/s", 1e6),
        PerSecond(Unit.Growths, "M growths/s", 1e6),
        PerSecond(Unit.Prices, "M prices/s", 1e6),
        new RateColumn(Unit.Prices, "ns/price and core", (count, nanoseconds) => nanoseconds / count),
        PerSecond(Unit.Values, "M values/s", 1e6),
        PerSecond(Unit.Bytes, "GB/s", 1e9),
        PerSecond(Unit.Factors, "factors/s", 1),
        PerSecond(Unit.Rows, "M rows/s", 1e6),
        PerSecond(Unit.Accounts, "accounts/s", 1),
        PerSecond(Unit.Scenarios, "scenarios/s", 1),
    ];

    public string Id => $"{nameof(RateColumn)}.{header}";

    public string ColumnName => header;

    public string Legend => $"{header}, from the fastest iteration";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => Count(benchmark) is not null);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        Count(benchmarkCase) is { } count && summary[benchmarkCase]?.ResultStatistics is { } statistics
            ? Digits(value(count, statistics.Min))
            : "-";

    static RateColumn PerSecond(string unit, string header, double scale) =>
        new(unit, header, (count, nanoseconds) => count / (nanoseconds * Nano) / scale);

    static string Digits(double x) =>
        x.ToString(x < 100 ? "G3" : "N0", CultureInfo.InvariantCulture);

    double? Count(BenchmarkCase benchmark) =>
        benchmark.Descriptor.WorkloadMethod.GetCustomAttributes<WorkAttribute>().FirstOrDefault(work => work.Unit == unit)?.Count;
}
