using GpuMargin.Ilgpu.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Tails;

/// <summary>Reads a slice once and keeps what may belong to the tails; one group per account.</summary>
static class TailScan
{
    /// <summary>Values that a thread has on their way from memory at a time.</summary>
    public const int Loads = 4;

    /// <param name="profitAndLossBits">[account, scenario of the slice], IEEE 754 binary64, gain &gt; 0.</param>
    /// <param name="rowStride">Elements from one account to the next.</param>
    /// <param name="firstScenario">Scenario of the first column; later than all before.</param>
    /// <param name="count">Scenarios of the slice.</param>
    [GroupedKernel(DeviceTails.Threads)]
    public static void Scan(ArrayView<ulong> profitAndLossBits, long rowStride, int firstScenario, int count, TailView tails)
    {
        SelectionScratch scratch = SelectionScratch.Allocate();
        int account = Grid.IdxX;
        int thread = Group.IdxX;
        int threads = Group.DimX;
        ArrayView<ulong> slice = profitAndLossBits.SubView(account * rowStride, count);
        TailRow row = tails.Row(account);
        ulong threshold = tails.Thresholds[account];
        int kept = tails.Counts[account];
        if (thread == 0)
        {
            scratch.Taken[0] = 0;
        }

        Group.Barrier();
        int turn = 0;
        int step = Loads * threads;
        int last = count - 1;
        for (int start = 0; start < count; start += step)
        {
            // All loads before the first use: they wait for memory together.
            int s0 = start + thread;
            int s1 = s0 + threads;
            int s2 = s1 + threads;
            int s3 = s2 + threads;
            ulong x0 = slice[IntrinsicMath.Min(s0, last)];
            ulong x1 = slice[IntrinsicMath.Min(s1, last)];
            ulong x2 = slice[IntrinsicMath.Min(s2, last)];
            ulong x3 = slice[IntrinsicMath.Min(s3, last)];
            ulong k0 = Key(x0, s0, account, firstScenario, count, tails);
            ulong k1 = Key(x1, s1, account, firstScenario, count, tails);
            ulong k2 = Key(x2, s2, account, firstScenario, count, tails);
            ulong k3 = Key(x3, s3, account, firstScenario, count, tails);
            int passing = Passes(k0, threshold) + Passes(k1, threshold) + Passes(k2, threshold) + Passes(k3, threshold);
            if (passing > 0)
            {
                int slot = kept + Atomic.Add(ref scratch.Taken[turn], passing);
                slot = Append(row, slot, k0, firstScenario + s0, threshold);
                slot = Append(row, slot, k1, firstScenario + s1, threshold);
                slot = Append(row, slot, k2, firstScenario + s2, threshold);
                Append(row, slot, k3, firstScenario + s3, threshold);
            }

            // Three counters in turn, so that one barrier is enough: the next one was last read before the barrier of the
            // step before. A read between two barriers would not do: at O2 ILGPU moves it behind the second.
            int next = turn == SelectionScratch.Turns - 1 ? 0 : turn + 1;
            if (thread == 0)
            {
                scratch.Taken[next] = 0;
            }

            Group.Barrier();
            kept += scratch.Taken[turn];
            turn = next;
            if (kept + step > tails.Capacity)
            {
                threshold = TailSelection.Keep(row, kept, tails.Length, threshold, scratch);
                kept = tails.Length;
            }
        }

        if (thread == 0)
        {
            tails.Counts[account] = kept;
            tails.Thresholds[account] = threshold;
        }
    }

    static ulong Key(ulong profitAndLossBits, int s, int account, int firstScenario, int count, TailView tails)
    {
        if (s >= count)
        {
            return LossOrder.Last;
        }

        if (LossOrder.IsFinite(profitAndLossBits))
        {
            return LossOrder.Key(profitAndLossBits);
        }

        Atomic.Min(ref tails.NonFinite[0], (ulong)(firstScenario + s) * (ulong)Grid.DimX + (ulong)account);
        return LossOrder.Last;
    }

    static int Passes(ulong key, ulong threshold) => key < threshold ? 1 : 0;

    static int Append(TailRow row, int slot, ulong key, int scenario, ulong threshold)
    {
        if (key >= threshold)
        {
            return slot;
        }

        row.Keys[slot] = key;
        row.Scenarios[slot] = scenario;
        return slot + 1;
    }
}
