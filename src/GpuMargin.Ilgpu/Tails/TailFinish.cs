using GpuMargin.Ilgpu.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Tails;

/// <summary>Brings what was kept into the form of a <see cref="Backends.LossTail"/>; one group per account.</summary>
static class TailFinish
{
    /// <param name="kept">Losses per account: the tail's length, or all scenarios if fewer.</param>
    /// <param name="lossBits">[account, kept], IEEE 754 binary64, ordered by loss downwards, then scenario upwards.</param>
    /// <param name="scenarios">[account, kept].</param>
    [GroupedKernel(DeviceTails.Threads)]
    public static void Finish(TailView tails, int kept, ArrayView<ulong> lossBits, ArrayView<int> scenarios)
    {
        SelectionScratch scratch = SelectionScratch.Allocate();
        TailRow shared = new(SharedMemory.Allocate<ulong>(TailSort.Chunk), SharedMemory.Allocate<int>(TailSort.Chunk));
        int account = Grid.IdxX;
        TailRow row = tails.Row(account);
        int count = tails.Counts[account];
        ulong threshold = TailSelection.Keep(row, count, tails.Length, tails.Thresholds[account], scratch);
        count = IntrinsicMath.Min(count, tails.Length);
        TailSort.Sort(row, count, shared);
        for (int i = Group.IdxX; i < count; i += Group.DimX)
        {
            lossBits[account * (long)kept + i] = LossOrder.LossBits(row.Keys[i]);
            scenarios[account * (long)kept + i] = row.Scenarios[i];
        }

        if (Group.IdxX == 0)
        {
            tails.Counts[account] = count;
            tails.Thresholds[account] = threshold;
        }
    }
}
