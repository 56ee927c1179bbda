using System.Globalization;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>Refuses a run whose tails and P&amp;L digests this machine cannot hold, before it starts.</summary>
static class RunMemory
{
    /// <summary>Bytes of a kept loss: its entry while the run goes on, then loss and scenario of the result.</summary>
    const int EntryBytes = 12;
    internal const int ResultBytes = 12;

    /// <exception cref="RefusedInputException">What grows with accounts and scenarios exceeds the memory or an array.</exception>
    public static void Check(RunSettings settings, int accounts, int tailLength)
    {
        double entries = (double)accounts * TailStore.Capacity(tailLength);
        double digests = ProfitAndLossHash.DigestBytes(settings.Fingerprint, accounts, settings.Scenarios);
        double needed = Bytes(settings.Fingerprint, accounts, settings.Scenarios, tailLength);
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > available || entries > Array.MaxLength || digests > Array.MaxLength)
        {
            throw new RefusedInputException(
                [new Fault("run.json", null, "scenarios", settings.Scenarios.ToString(CultureInfo.InvariantCulture), string.Create(
                    CultureInfo.InvariantCulture,
                    $"fewer: the {tailLength} worst losses of {accounts} accounts and the digests of their P&L need {needed / (1L << 30):F1} GiB; there are {available / (1L << 30):F1} GiB, of which a single list may take 2,147,483,591 entries"))]);
        }
    }

    /// <summary>Bytes of a run's tails and digests.</summary>
    public static double Bytes(Fingerprint fingerprint, int accounts, int scenarios, int tailLength) =>
        (double)accounts * TailStore.Capacity(tailLength) * EntryBytes
        + (double)accounts * tailLength * ResultBytes
        + ProfitAndLossHash.DigestBytes(fingerprint, accounts, scenarios);

    /// <summary>Refuses the next stage of a run that grows.</summary>
    /// <param name="needed">Bytes of the stage.</param>
    /// <param name="scenarios">Scenarios that were valued.</param>
    /// <param name="accounts">Accounts that take part.</param>
    /// <exception cref="RefusedInputException">It would not fit; named with the scenarios that did.</exception>
    public static void CheckStage(RunSettings settings, double needed, int scenarios, int accounts)
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > available)
        {
            throw new RefusedInputException(
                [new Fault("run.json", null, "maxScenarios", settings.MaxScenarios.ToString(CultureInfo.InvariantCulture), string.Create(
                    CultureInfo.InvariantCulture,
                    $"at most {Math.Max(scenarios, settings.Scenarios)}: to go on, the worst losses of the {accounts} accounts that are left need {needed / (1L << 30):F1} GiB; there are {available / (1L << 30):F1} GiB"))]);
        }
    }
}
