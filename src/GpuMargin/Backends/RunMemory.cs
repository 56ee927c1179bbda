using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;

namespace GpuMargin.Backends;

/// <summary>Refuses a run that its backend has no memory for, before it starts.</summary>
static class RunMemory
{
    /// <exception cref="RefusedInputException">The run does not fit; says which would. Its cause is a <see cref="DeviceFailedException"/> where the memory is a device's.</exception>
    public static void Check(IBackend backend, ValuationRun run)
    {
        RunSize size = RunSize.Of(run);
        MemoryNeed need = backend.Memory(run, size);
        if (need.Fits)
        {
            return;
        }

        string rows = size.Rows == size.FingerprintRows ? "accounts" : "accounts and parts of books";
        int scenarios = Most(size.Scenarios, fewer => backend.Memory(run, size.WithScenarios(fewer)).Fits);
        int kept = Most(size.Rows, fewer => backend.Memory(run, size.WithRows(fewer)).Fits);
        string fits = scenarios == 0 && kept == 0 ? "no smaller run fits either" : string.Create(
            CultureInfo.InvariantCulture, $"{scenarios} scenarios of all of them fit, or {kept} of them with all scenarios");
        string list = need.LongestArray > Array.MaxLength ? string.Create(CultureInfo.InvariantCulture, $", and a list of {need.LongestArray:F0} entries, of which {Array.MaxLength} are possible") : "";
        throw new RefusedInputException(
            [new Fault("run.json", null, "scenarios", size.Scenarios.ToString(CultureInfo.InvariantCulture), string.Create(
                CultureInfo.InvariantCulture,
                $"fewer: on {backend.Device} the {size.TailLength} worst losses of {size.Rows} {rows} need {GiB(need.Bytes)} of {GiB(need.Available)} GiB{list}; {fits}"))],
            backend is CpuBackend ? null : new DeviceFailedException(backend.Name, backend.Device, "the run does not fit into its memory"));
    }

    // The largest number up to a limit that fits, where every smaller one does; 0: none.
    static int Most(int limit, Predicate<int> fits)
    {
        int most = 0;
        for (int above = limit; above - most > 1;)
        {
            int middle = most + (above - most) / 2;
            (most, above) = fits(middle) ? (middle, above) : (most, middle);
        }

        return most;
    }

    static string GiB(double bytes) => (bytes / (1L << 30)).ToString("F1", CultureInfo.InvariantCulture);

    /// <summary>Refuses the next stage of a run that grows.</summary>
    /// <param name="needed">Bytes of the stage.</param>
    /// <param name="scenarios">Scenarios that were valued.</param>
    /// <param name="accounts">Accounts that take part.</param>
    /// <exception cref="RefusedInputException">It would not fit; named with the scenarios that did.</exception>
    public static void CheckStage(RunSettings settings, double needed, int scenarios, int accounts)
    {
        double available = HostMemory.Available;
        if (needed > available)
        {
            throw new RefusedInputException(
                [new Fault("run.json", null, "maxScenarios", settings.MaxScenarios.ToString(CultureInfo.InvariantCulture), string.Create(
                    CultureInfo.InvariantCulture,
                    $"at most {Math.Max(scenarios, settings.Scenarios)}: to go on, the worst losses of the {accounts} accounts that are left need {needed / (1L << 30):F1} GiB; there are {available / (1L << 30):F1} GiB"))]);
        }
    }
}
