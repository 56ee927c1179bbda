using System.Globalization;
using BenchmarkDotNet.Attributes;
using GpuMargin.Backends;
using GpuMargin.Benchmarks.Config;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;

namespace GpuMargin.Benchmarks.Jobs;

/// <summary>Clearing set to margins, all stages, without files.</summary>
public abstract class JobSuite
{
    // Two tiles per thread of a large machine would cost minutes in scalar lanes; two leaves show every code path.
    const int ProofScenarios = 128;

    CpuBackend backend = null!;
    ClearingSet set = null!;
    MarginReport? last;

    [Params(Precision.Mixed, Precision.Double)]
    public Precision Precision { get; set; }

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    public static IEnumerable<int> ThreadCounts => new[] { 1, Environment.ProcessorCount }.Distinct();

    [GlobalSetup]
    public void Prove()
    {
        ClearingSet proof = Set(Precision, ProofScenarios);
        CpuBackend scalar = new(threads: 0, LaneWidth.Scalar);
        backend = new CpuBackend(Threads);
        MarginReport expected = MarginCalculator.Calculate(proof, scalar);
        MarginReport found = MarginCalculator.Calculate(proof, backend);
        Parity.RequireEqual<char>(expected.ProfitAndLossSha256, found.ProfitAndLossSha256, "P&L fingerprint");
        Parity.RequireEqualBits(Margins(expected), Margins(found), "margins");
        set = Set(Precision, Scenarios);
    }

    /// <summary>Seconds per stage of the last run, for the log.</summary>
    [GlobalCleanup]
    public void PrintStages() => Console.WriteLine(
        $"// stages {GetType().BaseType!.Name} {Precision} {Threads}: " +
        string.Join(", ", last!.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Stage} {stage.Seconds:0.000}"))));

    internal abstract int Scenarios { get; }

    internal abstract ClearingSet Set(Precision precision, int scenarios);

    protected MarginReport Calculate() => last = MarginCalculator.Calculate(set, backend);

    static double[] Margins(MarginReport report) => [.. report.Accounts.Select(account => account.Margin)];
}
