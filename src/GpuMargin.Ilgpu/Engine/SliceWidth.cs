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
        int fingerprinted = plan.FingerprintRows;
        int element = T.IsSingle ? sizeof(float) : sizeof(double);
        long elements = DeviceScenarios<T>.ElementsPerScenario(plan.Instruments.Shocks)
            + DeviceInstruments<T>.ElementsPerScenario(plan.Instruments);
        // Two slices of P&L: one is fingerprinted while the next is computed.
        long bytesPerScenario = elements * element + 2L * rowsOfPlan * sizeof(double);
        long rows = Math.Max(Math.Max(plan.Instruments.Count, rowsOfPlan), DeviceInstruments<T>.MostRows(plan.Instruments));
        long largestPerScenario = Math.Max(element * rows, (long)sizeof(double) * rowsOfPlan);
        long width = Math.Min(Math.Min(most, int.MaxValue / rows), largestBuffer / largestPerScenario);
        if (largestBuffer / largestPerScenario < ProfitAndLossHash.LeafScenarios)
        {
            throw new InsufficientMemoryException(
                $"{ProfitAndLossHash.LeafScenarios} scenarios take an array of {largestPerScenario * ProfitAndLossHash.LeafScenarios} bytes, the device gives {largestBuffer} at once");
        }

        width = Math.Min(width, plan.Scenarios + ProfitAndLossHash.LeafScenarios - 1) / ProfitAndLossHash.LeafScenarios * ProfitAndLossHash.LeafScenarios;
        long budget = (long)(freeMemory * ShareOfMemory);
        while (width > ProfitAndLossHash.LeafScenarios && Bytes(width) > budget)
        {
            width = Math.Max(ProfitAndLossHash.LeafScenarios, width / 2 / ProfitAndLossHash.LeafScenarios * ProfitAndLossHash.LeafScenarios);
        }

        return width >= ProfitAndLossHash.LeafScenarios && Bytes(width) <= budget
            ? (int)width
            : throw new InsufficientMemoryException($"{Bytes(ProfitAndLossHash.LeafScenarios)} bytes are needed for {ProfitAndLossHash.LeafScenarios} scenarios, {budget} are there");

        long Bytes(long scenarios) => scenarios * bytesPerScenario + DeviceTails.BytesNeeded(rowsOfPlan, plan.TailLength)
            + DeviceFingerprint.BytesNeeded(plan.Fingerprint, fingerprinted, plan.Scenarios, scenarios);
    }
}
