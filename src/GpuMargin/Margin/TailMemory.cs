using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>Refuses a run whose tails this machine cannot hold, before it starts.</summary>
static class TailMemory
{
    /// <summary>A loss, its scenario and the room that a tail needs to grow: two entries of 16 bytes for each one kept.</summary>
    const long BytesPerLoss = 32;

    /// <exception cref="RefusedInputException">Accounts × worst losses exceed the memory or an array.</exception>
    public static void Check(RunSettings settings, int accounts, int tailLength)
    {
        double needed = (double)accounts * tailLength * BytesPerLoss;
        double available = Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Array.MaxLength / 2 * BytesPerLoss);
        if (needed > available)
        {
            throw new RefusedInputException(
                [new Fault("run.json", null, "scenarios", settings.Scenarios.ToString(CultureInfo.InvariantCulture), string.Create(
                    CultureInfo.InvariantCulture,
                    $"fewer: the {tailLength} worst losses of {accounts} accounts need {needed / (1L << 30):F1} GiB of {available / (1L << 30):F1} GiB"))]);
        }
    }
}
