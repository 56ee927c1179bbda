using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;

namespace GpuMargin.Backends;

/// <summary>What a run takes of this machine's memory.</summary>
static class HostMemory
{
    /// <summary>Bytes of a kept loss: its entry while the run goes on, then loss and scenario of the result.</summary>
    const int EntryBytes = 12;
    public const int ResultBytes = 12;

    public static double Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Memory of a run whose tails are kept here while it goes on.</summary>
    /// <param name="keepsDigests">Whether all digests of the fingerprint stay.</param>
    public static MemoryNeed OfRun(Fingerprint fingerprint, RunSize size, bool keepsDigests)
    {
        double entries = (double)size.Rows * TailStore.Capacity(size.TailLength);
        MemoryNeed results = OfResults(fingerprint, size, keepsDigests);
        return results with { Bytes = results.Bytes + entries * EntryBytes, LongestArray = Math.Max(results.LongestArray, entries) };
    }

    /// <summary>Memory of a run whose results come from a device.</summary>
    /// <inheritdoc cref="OfRun"/>
    public static MemoryNeed OfResults(Fingerprint fingerprint, RunSize size, bool keepsDigests)
    {
        double digests = keepsDigests ? ProfitAndLossHash.DigestBytes(fingerprint, size.FingerprintRows, size.Scenarios) : 0;
        return new MemoryNeed((double)size.Rows * size.TailLength * ResultBytes + digests, Available, digests);
    }
}
