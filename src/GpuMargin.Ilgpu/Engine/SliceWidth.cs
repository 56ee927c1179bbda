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
    /// <exception cref="InsufficientMemoryException">Not even the smallest slice fits.</exception>
    public static int For<T>(MarginPlan plan, long freeMemory, int most = Most)
        where T : unmanaged, IDeviceLane<T>
    {
        int rowsOfPlan = plan.Positions.Rows;
        int fingerprinted = plan.FingerprintAccounts ?? plan.Positions.Accounts;
        long elements = DeviceScenarios<T>.ElementsPerScenario(plan.Instruments.Shocks)
            + DeviceInstruments<T>.ElementsPerScenario(plan.Instruments);
        // Two slices of P&L: one is fingerprinted while the next is computed.
        long bytesPerScenario = elements * (T.IsSingle ? sizeof(float) : sizeof(double)) + 2L * rowsOfPlan * sizeof(double);
        long rows = Math.Max(Math.Max(plan.Instruments.Count, rowsOfPlan), DeviceInstruments<T>.MostRows(plan.Instruments));
        long width = Math.Min(most, int.MaxValue / rows);
        width = Math.Min(width, plan.Scenarios.Scenarios + ProfitAndLossHash.LeafScenarios - 1) / ProfitAndLossHash.LeafScenarios * ProfitAndLossHash.LeafScenarios;
        long budget = (long)(freeMemory * ShareOfMemory);
        while (width > ProfitAndLossHash.LeafScenarios && Bytes(width) > budget)
        {
            width = Math.Max(ProfitAndLossHash.LeafScenarios, width / 2 / ProfitAndLossHash.LeafScenarios * ProfitAndLossHash.LeafScenarios);
        }

        return width >= ProfitAndLossHash.LeafScenarios && Bytes(width) <= budget
            ? (int)width
            : throw new InsufficientMemoryException($"{Bytes(ProfitAndLossHash.LeafScenarios)} bytes are needed for {ProfitAndLossHash.LeafScenarios} scenarios, {budget} are there");

        long Bytes(long scenarios) => scenarios * bytesPerScenario + DeviceTails.BytesNeeded(rowsOfPlan, plan.TailLength)
            + DeviceFingerprint.BytesNeeded(fingerprinted, plan.Scenarios.Scenarios);
    }
}
