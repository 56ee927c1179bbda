using GpuMargin.Aggregation;
using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Adds up positions per account in slices of scenarios on a device.</summary>
sealed class DevicePositions<T>
    where T : unmanaged, IDeviceLane<T>
{
    readonly DeviceKernels<T> kernels;
    readonly int width;
    readonly int accounts;
    readonly int blocks;
    readonly int lanes;
    readonly int warps;
    readonly ArrayView<DevicePosition<T>> positions;
    readonly ArrayView<PositionRun> runs;
    readonly ArrayView<int> runStart;

    public DevicePositions(
        Accelerator accelerator, Upload upload, DeviceKernels<T> kernels, MarginPlan plan, AccountShare share, int width)
    {
        this.kernels = kernels;
        this.width = width;
        int firstAccount = share.First;
        accounts = share.Count;
        blocks = Math.Max(1, (plan.Instruments.Count + PositionSum.InstrumentBlock - 1) / PositionSum.InstrumentBlock);

        // Scenarios of a group: 32, so that on CUDA a group's warps hold one account each; a slice is a multiple of 64.
        const int Scenarios = 32;
        lanes = Math.Min(Scenarios, LargestPowerOfTwo(accelerator.MaxNumThreadsPerGroup));
        const int Threads = 1024;
        warps = Math.Max(1, Math.Min(Threads, accelerator.MaxNumThreadsPerGroup) / lanes);

        PositionRows rows = plan.Positions;
        int first = rows.Start[firstAccount];
        int last = rows.Start[firstAccount + accounts];
        DevicePosition<T>[] items = new DevicePosition<T>[last - first];
        for (int k = first; k < last; k++)
        {
            items[k - first] = new DevicePosition<T>(rows.Instrument[k] * width, T.Of(rows.Quantity[k]));
        }

        positions = upload.Items<DevicePosition<T>>(items);
        int firstRun = rows.RunStart[firstAccount];
        int runCount = rows.RunStart[firstAccount + accounts] - firstRun;
        PositionRun[] ranges = new PositionRun[runCount];
        for (int run = 0, start = 0; run < runCount; run++)
        {
            ranges[run] = new PositionRun(start, rows.RunEnd[firstRun + run] - first);
            start = ranges[run].End;
        }

        runs = upload.Items<PositionRun>(ranges);
        runStart = upload.Items<int>(RunStarts(rows, firstAccount, ranges, first));
    }

    int AccountsPerGroup => warps * Aggregate<T>.Accounts;

    int Groups => (accounts + AccountsPerGroup - 1) / AccountsPerGroup;

    /// <param name="changes">[instrument, scenario].</param>
    /// <param name="profitAndLoss">[account, scenario].</param>
    public void Add(AcceleratorStream stream, ArrayView<T> changes, ArrayView<double> profitAndLoss, DeviceClock clock)
    {
        // Accounts fastest: groups that run at the same time then share few scenarios, whose P&L stays in the second-level cache.
        KernelConfig config = new(new Index3D(Groups, width / lanes, 1), new Index3D(warps * lanes, 1, 1));
        kernels.Aggregate(stream, config, new Aggregate<T>
        {
            Positions = positions,
            Runs = runs,
            RunStart = runStart,
            Changes = changes,
            ProfitAndLoss = profitAndLoss,
            AccountCount = accounts,
            Blocks = blocks,
            Width = width,
            Lanes = lanes,
        });
        clock.Lap(DeviceStage.Aggregate);
    }

    // [account, block], accounts that only fill up a group without runs, and one entry behind all.
    int[] RunStarts(PositionRows rows, int firstAccount, PositionRun[] ranges, int first)
    {
        int[] starts = new int[Groups * AccountsPerGroup * blocks + 1];
        int run = 0;
        for (int account = 0; account < accounts; account++)
        {
            int end = rows.RunStart[firstAccount + account + 1] - rows.RunStart[firstAccount];
            for (int block = 0; block < blocks; block++)
            {
                starts[account * blocks + block] = run;
                while (run < end && rows.Instrument[first + ranges[run].Start] / PositionSum.InstrumentBlock == block)
                {
                    run++;
                }
            }
        }

        starts.AsSpan(accounts * blocks).Fill(run);
        return starts;
    }

    static int LargestPowerOfTwo(int limit) => 1 << (31 - int.LeadingZeroCount(Math.Max(limit, 1)));
}
