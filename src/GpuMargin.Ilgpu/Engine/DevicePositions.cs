using System.Runtime.InteropServices;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
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
    readonly ArrayView<PositionQuad> positions;
    readonly ArrayView<PositionRun> runs;
    readonly ArrayView<int> runStart;
    readonly int remainders;
    readonly ArrayView<int> remainderOf;
    readonly ArrayView<int> remainderStart;
    readonly ArrayView<int> remainderLess;

    public DevicePositions(Upload upload, DeviceKernels<T> kernels, ValuationRun plan, int width)
    {
        this.kernels = kernels;
        this.width = width;
        accounts = plan.Positions.Accounts;
        blocks = Math.Max(1, (plan.Instruments.Count + PositionSum.InstrumentBlock - 1) / PositionSum.InstrumentBlock);

        // Scenarios of a group: 32, so that on CUDA a group's warps hold one account each; a slice is a multiple of 64.
        const int Scenarios = 32;
        int threads = kernels.Aggregate.Threads;
        lanes = Math.Min(Scenarios, LargestPowerOfTwo(threads));
        warps = threads / lanes;

        PositionRows rows = plan.Positions;
        PositionRun[] ranges = new PositionRun[rows.RunEnd.Length];
        int[] blockOfRun = new int[ranges.Length];
        List<PositionQuad> quads = new(rows.Instrument.Length + ranges.Length);
        for (int run = 0, k = 0; run < ranges.Length; run++)
        {
            int start = quads.Count;
            blockOfRun[run] = rows.Instrument[k] / PositionSum.InstrumentBlock;
            for (int end = rows.RunEnd[run]; k < end; k += T.IsSingle ? 2 : 1)
            {
                quads.Add(Quad(rows, k, end));
            }

            k = rows.RunEnd[run];
            ranges[run] = new PositionRun(start, quads.Count);
        }

        positions = upload.Items<PositionQuad>(CollectionsMarshal.AsSpan(quads));
        runs = upload.Items<PositionRun>(ranges);
        runStart = upload.Items<int>(RunStarts(rows, blockOfRun));
        remainders = rows.Remainders.Count;
        remainderOf = upload.Items<int>(rows.Remainders.Of);
        remainderStart = upload.Items<int>(rows.Remainders.Start);
        remainderLess = upload.Items<int>(rows.Remainders.Less);
    }

    int AccountsPerGroup => warps * Aggregate<T>.Accounts;

    int Groups => (accounts + AccountsPerGroup - 1) / AccountsPerGroup;

    /// <param name="changes">[instrument, scenario].</param>
    /// <param name="profitAndLoss">[row, scenario]: accounts, then remainders.</param>
    public void Add(AcceleratorStream stream, ArrayView<T> changes, ArrayView<double> profitAndLoss, DeviceClock clock)
    {
        // Accounts fastest: groups that run at the same time then share few scenarios, whose P&L stays in the second-level cache.
        KernelConfig config = new(new Index3D(Groups, width / lanes, 1), new Index3D(warps * lanes, 1, 1));
        kernels.Aggregate.Launch(stream, config, new Aggregate<T>
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
        if (remainders > 0)
        {
            kernels.Subtract(stream, remainders * width, new SubtractRows
            {
                Of = remainderOf,
                Start = remainderStart,
                Less = remainderLess,
                ProfitAndLoss = profitAndLoss,
                FirstRow = accounts,
                Width = width,
            });
        }

        clock.Lap(Stage.Aggregate);
    }

    // [account, block], accounts that only fill up a group without runs, and one entry behind all.
    int[] RunStarts(PositionRows rows, int[] blockOfRun)
    {
        int[] starts = new int[Groups * AccountsPerGroup * blocks + 1];
        int run = 0;
        for (int account = 0; account < accounts; account++)
        {
            int end = rows.RunStart[account + 1];
            for (int block = 0; block < blocks; block++)
            {
                starts[account * blocks + block] = run;
                while (run < end && blockOfRun[run] == block)
                {
                    run++;
                }
            }
        }

        starts.AsSpan(accounts * blocks).Fill(run);
        return starts;
    }

    PositionQuad Quad(PositionRows rows, int k, int end)
    {
        int row = rows.Instrument[k] * width;
        if (!T.IsSingle)
        {
            long bits = BitConverter.DoubleToInt64Bits(rows.Quantity[k]);
            return new PositionQuad(row, 0, (int)bits, (int)(bits >> 32));
        }

        int quantity = BitConverter.SingleToInt32Bits((float)rows.Quantity[k]);
        return k + 1 < end
            ? new PositionQuad(row, quantity, rows.Instrument[k + 1] * width, BitConverter.SingleToInt32Bits((float)rows.Quantity[k + 1]))
            : new PositionQuad(row, quantity, row, 0);
    }

    static int LargestPowerOfTwo(int limit) => 1 << (31 - int.LeadingZeroCount(Math.Max(limit, 1)));
}
