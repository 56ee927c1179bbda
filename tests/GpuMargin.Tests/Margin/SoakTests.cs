using System.Diagnostics;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Margin;

/// <summary>Many runs in one process. GPUMARGIN_SOAK=full repeats 1,000 runs and 200 cancellations; without it fewer.</summary>
[Trait("Category", "Slow")]
[Collection(TestsAlone.Name)]
public sealed class SoakTests(ITestOutputHelper report)
{
    /// <summary>Bytes of pools and of compiled code that come and go; one kept run of the set has more.</summary>
    const long Noise = 500_000;

    const int Threads = 8, RunsByCancellation = 5;

    static readonly int s_runs = Environment.GetEnvironmentVariable("GPUMARGIN_SOAK") == "full" ? 1_000 : 60;

    static readonly ClearingSet s_set = SyntheticClearingSet.Generate(new SyntheticOptions { Factors = 40, Instruments = 200, Accounts = 40, PositionsPerAccount = 20, Scenarios = 10_000 });

    [Fact]
    public void Runs_and_cancellations_leave_no_memory_and_give_the_same_bits()
    {
        var backend = new CpuBackend();
        string hash = MarginCalculator.Calculate(s_set, backend).ProfitAndLossSha256;
        Soak(backend, hash, s_runs / 4);
        long before = Managed(), resident = Resident();

        int cancelled = Soak(backend, hash, s_runs);

        long after = Managed();
        report.WriteLine(FormattableString.Invariant($"{s_runs} runs, {cancelled} cancellations: managed {before:N0} to {after:N0} bytes, resident {resident:N0} to {Resident():N0}"));
        Assert.True(cancelled > s_runs / RunsByCancellation / 2, $"{cancelled} cancellations came in time.");
        Assert.InRange(after - before, long.MinValue, Noise);
    }

    [Fact]
    public void Threads_that_share_a_backend_get_the_same_bits()
    {
        var backend = new CpuBackend();
        string hash = MarginCalculator.Calculate(s_set, backend).ProfitAndLossSha256;
        string[] hashes = new string[s_runs];
        int next = -1;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int run = Interlocked.Increment(ref next); run < hashes.Length; run = Interlocked.Increment(ref next))
            {
                hashes[run] = MarginCalculator.Calculate(s_set, backend).ProfitAndLossSha256;
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.All(hashes, found => Assert.Equal(hash, found));
    }

    /// <returns>Runs that were cancelled.</returns>
    static int Soak(CpuBackend backend, string hash, int runs)
    {
        int cancelled = 0;
        for (int run = 0; run < runs; run++)
        {
            Assert.Equal(hash, MarginCalculator.Calculate(s_set, backend).ProfitAndLossSha256);
            cancelled += run % RunsByCancellation == 0 && IsCancelled(backend) ? 1 : 0;
        }

        return cancelled;
    }

    static bool IsCancelled(CpuBackend backend)
    {
        using var stop = new CancellationTokenSource();
        try
        {
            MarginCalculator.Calculate(s_set, backend, new Stopper(stop), null, cancellation: stop.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    static long Managed()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    // Stops a run when its first scenarios are done.
    sealed class Stopper(CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value) => stop.Cancel();
    }
}
