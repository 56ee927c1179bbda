using GpuMargin.Tests.Ilgpu.Ptx.Code;

namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

/// <summary>Order in which threads and blocks run where the program leaves it open; it must change no result.</summary>
enum PtxOrder
{
    Ascending,
    Descending,
}

/// <summary>One launch of a kernel.</summary>
/// <param name="Number">Counted over all launches on the same memory, from 1.</param>
/// <param name="Executions">Per instruction: how often it was executed.</param>
sealed record PtxLaunch(PtxProgram Program, MemorySpace Global, MemoryRange Arguments, Grid3 Blocks, Grid3 Threads, PtxOrder Order, int Number, long[] Executions)
{
    const int WarpSize = 32;

    /// <exception cref="PtxFault">The program did what no program may do.</exception>
    public void Run()
    {
        if (Program.MostThreads is { } most && Threads.Count > most)
        {
            throw new PtxFault($"{Program.Name} is compiled for {most} threads a block, not for {Threads.Count}");
        }

        PtxThread[] threads = [.. Enumerable.Range(0, Threads.Count).Select(number => new PtxThread(number, Program.Slots.Length))];
        UniformBranches[] warps = [.. Enumerable.Range(0, (threads.Length + WarpSize - 1) / WarpSize).Select(_ => new UniformBranches())];
        foreach (int block in Ordered(Blocks.Count))
        {
            using SharedWindow shared = new(Program.Shared);
            Array.ForEach(warps, warp => warp.Clear());
            Array.ForEach(threads, thread => Start(thread, Blocks.Place(block)));
            RunBlock(block, threads, warps, shared.Space);
        }
    }

    // Every thread to its next barrier, until all have ended.
    void RunBlock(int block, PtxThread[] threads, UniformBranches[] warps, MemorySpace shared)
    {
        for (int barriers = 0; threads[0].State != PtxThreadState.Ended; barriers++)
        {
            foreach (int number in Ordered(threads.Length))
            {
                PtxThread thread = threads[number];
                thread.State = PtxThreadState.Runs;
                new PtxExecution(this, shared, warps[number / WarpSize], new Accessor(Number, block, number, barriers)).Run(thread);
            }

            bool ended = threads[0].State == PtxThreadState.Ended;
            if (Array.Exists(threads, thread => thread.State != threads[0].State || (!ended && thread.Next != threads[0].Next)))
            {
                throw new PtxFault($"{Program.Name}: threads of block {block} do not meet at one barrier or at the end");
            }
        }
    }

    void Start(PtxThread thread, Grid3 block)
    {
        Program.Slots.CopyTo(thread.Slots, 0);
        Grid3 place = Threads.Place(thread.Number);
        int[] special = [place.X, place.Y, place.Z, Threads.X, Threads.Y, Threads.Z, block.X, block.Y, block.Z, Blocks.X, Blocks.Y, Blocks.Z];
        for (int i = 0; i < special.Length; i++)
        {
            thread.Slots[i] = (ulong)special[i];
        }

        (thread.Next, thread.State, thread.Executed, thread.Ways) = (0, PtxThreadState.Runs, 0, 0);
    }

    IEnumerable<int> Ordered(int count) => Order == PtxOrder.Ascending ? Enumerable.Range(0, count) : Enumerable.Range(0, count).Reverse();
}
