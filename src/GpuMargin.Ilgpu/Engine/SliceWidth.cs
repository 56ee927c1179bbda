using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Ilgpu.Fingerprints;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Tails;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>How many scenarios a device walks together.</summary>
static class SliceWidth
{
    /// <summary>Enough threads for every multiprocessor; more would only take memory.</summary>
    public const int Most = 8192;

    // The rest is for inputs, the driver and fragmentation.
    const double ShareOfMemory = 0.7;

    /// <summary>A multiple of <see cref="ProfitAndLossHash.LeafScenarios"/> that fits into memory.</summary>
    /// <param name="freeMemory">Bytes.</param>
    /// <param name="largestBuffer">Bytes of one buffer, at most.</param>
    /// <exception cref="InsufficientMemoryException">Not even the smallest slice fits.</exception>
    public static int For<T>(ValuationRun plan, long freeMemory, long largestBuffer = long.MaxValue, int most = Most)
        where T : unmanaged, IDeviceLane<T>
    {
        int rowsOfPlan = plan.Positions.Rows;
        int element = T.IsSingle ? sizeof(float) : sizeof(double);
        long rows = Math.Max(Math.Max(plan.Instruments.Count, rowsOfPlan), DeviceInstruments<T>.MostRows(plan.Instruments));
        long largestPerScenario = Math.Max(element * rows, (long)sizeof(double) * rowsOfPlan);
        long width = Math.Min(Math.Min(most, int.MaxValue / rows), largestBuffer / largestPerScenario);
        if (largestBuffer / largestPerScenario < ProfitAndLossHash.LeafScenarios)
        {
            throw new InsufficientMemoryException(
                $"{ProfitAndLossHash.LeafScenarios} scenarios take an array of {largestPerScenario * ProfitAndLossHash.LeafScenarios} bytes, the device gives {largestBuffer} at once");
        }

        width = Math.Min(width, plan.Scenarios + ProfitAndLossHash.LeafScenarios - 1) / ProfitAndLossHash.LeafScenarios * ProfitAndLossHash.LeafScenarios;
        long budget = Budget(freeMemory);
        RunSize size = RunSize.Of(plan);
        while (width > ProfitAndLossHash.LeafScenarios && Bytes(width) > budget)
        {
            width = Math.Max(ProfitAndLossHash.LeafScenarios, width / 2 / ProfitAndLossHash.LeafScenarios * ProfitAndLossHash.LeafScenarios);
        }

        return width >= ProfitAndLossHash.LeafScenarios && Bytes(width) <= budget
            ? (int)width
            : throw new InsufficientMemoryException($"{Bytes(ProfitAndLossHash.LeafScenarios)} bytes are needed for {ProfitAndLossHash.LeafScenarios} scenarios, {budget} are there");

        long Bytes(long scenarios) => BytesNeeded<T>(plan, size, scenarios);
    }

    /// <summary>What there is for a run of a device's free memory.</summary>
    public static long Budget(long freeMemory) => (long)(freeMemory * ShareOfMemory);

    /// <summary>Bytes of a run in slices of so many scenarios.</summary>
    public static long BytesNeeded<T>(ValuationRun plan, RunSize size, long sliceScenarios = ProfitAndLossHash.LeafScenarios)
        where T : unmanaged, IDeviceLane<T>
    {
        int element = T.IsSingle ? sizeof(float) : sizeof(double);
        long elements = DeviceScenarios<T>.ElementsPerScenario(plan.Instruments.Shocks)
            + DeviceInstruments<T>.ElementsPerScenario(plan.Instruments);
        // Two slices of P&L: one is fingerprinted while the next is computed.
        return sliceScenarios * (elements * element + 2L * size.Rows * sizeof(double)) + DeviceTails.BytesNeeded(size.Rows, size.TailLength)
            + DeviceFingerprint.BytesNeeded(plan.Fingerprint, size.FingerprintRows, size.Scenarios, sliceScenarios);
    }
}
