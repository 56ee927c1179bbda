using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Tails;

/// <summary>
/// The worst losses of every account, kept on a device while P&amp;L comes slice by slice, scenarios ascending. What is kept
/// does not depend on the slices: losses are ordered by size, then by scenario, bit for bit as on the host.
/// </summary>
sealed class DeviceTails
{
    // What a row takes beyond its tail before it must select; the more, the less often.
    const int LeastRoom = 2048;

    /// <summary>Threads that work on an account, at most.</summary>
    public const int Threads = 256;

    readonly int accounts;
    readonly int length;
    readonly int group;
    readonly TailResult result;
    readonly TailView view;
    readonly GroupedKernel<Action<AcceleratorStream, KernelConfig, ArrayView<ulong>, long, int, int, TailView>> scan;
    readonly GroupedKernel<Action<AcceleratorStream, KernelConfig, TailView, int, ArrayView<ulong>, ArrayView<int>>> finish;
    int seen;

    /// <param name="length">Losses kept per account.</param>
    /// <param name="largestGroup">Threads that work on an account, at most; fewer if the device has no more.</param>
    public DeviceTails(DeviceBuffers buffers, int accounts, int length, int largestGroup = Threads)
        : this(buffers, accounts, length, largestGroup, Math.Max(LeastRoom, length))
    {
    }

    /// <param name="room">Losses taken beyond the tail before it must select, at least what a group reads at once; changes no result.</param>
    internal DeviceTails(DeviceBuffers buffers, int accounts, int length, int largestGroup, int room)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accounts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largestGroup);
        this.accounts = accounts;
        this.length = length;
        ComputeDevice device = buffers.Device;
        scan = device.LoadGrouped<Action<AcceleratorStream, KernelConfig, ArrayView<ulong>, long, int, int, TailView>>(TailScan.Scan);
        finish = device.LoadGrouped<Action<AcceleratorStream, KernelConfig, TailView, int, ArrayView<ulong>, ArrayView<int>>>(TailFinish.Finish);
        group = Math.Min(largestGroup, Math.Min(scan.Threads, finish.Threads));
        int capacity = checked(length + Math.Max(room, TailScan.Loads * group));
        result = new TailResult(buffers, accounts, length);
        view = new TailView(
            Buffer<ulong>((long)accounts * capacity), Buffer<int>((long)accounts * capacity), Buffer<int>(accounts), Buffer<ulong>(accounts), Buffer<ulong>(1), capacity, length);
        Clear(device.Accelerator.DefaultStream);
        device.Accelerator.DefaultStream.Synchronize();

        ArrayView<TItem> Buffer<TItem>(long items)
            where TItem : unmanaged => buffers.Allocate<TItem>(items).View.BaseView;
    }

    /// <summary>Identity of each row, for refusals.</summary>
    public required Converter<int, RowKey> Keys { get; init; }

    /// <summary>Number in refusals of the first scenario added.</summary>
    public int FirstScenario { get; init; }

    /// <summary>Device memory that tails take.</summary>
    public static long BytesNeeded(int accounts, int length)
    {
        const int Entry = sizeof(ulong) + sizeof(int);
        long capacity = length + (long)Math.Max(Math.Max(LeastRoom, length), TailScan.Loads * Threads);
        return accounts * (capacity * Entry + (long)length * Entry + sizeof(int) + sizeof(ulong)) + sizeof(ulong);
    }

    /// <summary>Forgets all losses.</summary>
    public void Clear(AcceleratorStream stream)
    {
        view.Counts.MemSetToZero(stream);
        view.Thresholds.MemSet(stream, byte.MaxValue);
        view.NonFinite.MemSet(stream, byte.MaxValue);
        seen = 0;
    }

    /// <summary>Takes what may belong to the tails; does not wait for the device.</summary>
    /// <param name="slice">P&amp;L [account, scenario of the slice], run currency, gain &gt; 0.</param>
    /// <param name="rowStride">Elements from one account to the next.</param>
    /// <param name="firstScenario">The scenario after the last one of the slice before.</param>
    /// <param name="count">Scenarios of the slice.</param>
    public void Add(AcceleratorStream stream, ArrayView<double> slice, long rowStride, int firstScenario, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowStride, count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstScenario, seen);
        ArgumentOutOfRangeException.ThrowIfLessThan(slice.Length, (accounts - 1) * rowStride + count, nameof(slice));
        scan.Launch(stream, new KernelConfig(accounts, group), slice.Cast<ulong>(), rowStride, firstScenario, count, view);
        seen = checked(seen + count);
    }

    /// <summary>Waits for the slices added so far.</summary>
    /// <exception cref="NonFiniteProfitAndLossException">A value was NaN or infinite: the first such scenario, there the first account.</exception>
    public void ThrowIfNotFinite(AcceleratorStream stream)
    {
        ulong first = 0;
        view.NonFinite.CopyToCPU(stream, ref first, 1);
        if (first != ulong.MaxValue)
        {
            throw new NonFiniteProfitAndLossException(Keys((int)(first % (ulong)accounts)), FirstScenario + (int)(first / (ulong)accounts));
        }
    }

    /// <summary>The tails of all scenarios added so far, per account; waits for the device.</summary>
    /// <exception cref="NonFiniteProfitAndLossException">As for <see cref="ThrowIfNotFinite"/>.</exception>
    public LossTail[] Tails(AcceleratorStream stream)
    {
        ThrowIfNotFinite(stream);
        int kept = Math.Min(seen, length);
        if (kept > 0)
        {
            finish.Launch(stream, new KernelConfig(accounts, group), view, kept, result.LossBits, result.Scenarios);
        }

        return result.Read(stream, kept);
    }
}
