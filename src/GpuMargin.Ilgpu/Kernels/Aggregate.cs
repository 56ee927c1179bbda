using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Two positions in single precision or one in double: what a device reads at once.</summary>
/// <param name="Row0">Where the P&amp;L of the instrument starts: place times scenarios of a slice.</param>
/// <param name="Bits0">Contracts: a single, or in double precision nothing.</param>
/// <param name="Row1">In single precision the second position's row; in double the quantity's low half.</param>
/// <param name="Bits1">In single precision the second position's quantity; in double the high half of the first's.</param>
readonly record struct PositionQuad(int Row0, int Bits0, int Row1, int Bits1);

/// <summary>A run of positions, see <see cref="PositionSum"/>, in quads. One that ends within a quad repeats its last instrument with quantity zero, which changes no sum.</summary>
readonly record struct PositionRun(int Start, int End);

/// <summary>P&amp;L of eight accounts in one scenario.</summary>
/// <remarks>
/// A warp is one set of accounts in 32 neighbouring scenarios, so that a position is the same for all its threads and an
/// instrument's P&amp;L one line of the first-level cache. A group's warps take different accounts in the same scenarios and
/// walk the instrument blocks in step: a block's P&amp;L of 32 scenarios, 128 KB in single precision, is then read from the
/// second-level cache once per group.
/// </remarks>
readonly struct Aggregate<T>
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>Accounts of a thread, whose sums stay in registers over all blocks.</summary>
    public const int Accounts = 8;

    public required ArrayView<PositionQuad> Positions { get; init; }

    public required ArrayView<PositionRun> Runs { get; init; }

    /// <summary>First run of an account in a block: [account, block], one entry more at the end. Accounts are padded to a multiple of a group's.</summary>
    public required ArrayView<int> RunStart { get; init; }

    /// <summary>[instrument, scenario], run currency.</summary>
    public required ArrayView<T> Changes { get; init; }

    /// <summary>[account, scenario], run currency.</summary>
    public required ArrayView<double> ProfitAndLoss { get; init; }

    public required int AccountCount { get; init; }

    public required int Blocks { get; init; }

    public required int Width { get; init; }

    /// <summary>Scenarios of a group: neighbouring threads.</summary>
    public required int Lanes { get; init; }

    /// <param name="scenarios">Number of the group's scenarios' tile.</param>
    /// <param name="accounts">Number of its set of accounts.</param>
    public void Run(int scenarios, int accounts, int thread, int threads)
    {
        int warp = (int)((uint)thread / (uint)Lanes);
        int s = scenarios * Lanes + (thread - warp * Lanes);
        int account = (accounts * (int)((uint)threads / (uint)Lanes) + warp) * Accounts;
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        for (int block = 0; block < Blocks; block++)
        {
            int run = account * Blocks + block;
            s0 = Add(run, s, s0);
            s1 = Add(run + Blocks, s, s1);
            s2 = Add(run + 2 * Blocks, s, s2);
            s3 = Add(run + 3 * Blocks, s, s3);
            s4 = Add(run + 4 * Blocks, s, s4);
            s5 = Add(run + 5 * Blocks, s, s5);
            s6 = Add(run + 6 * Blocks, s, s6);
            s7 = Add(run + 7 * Blocks, s, s7);
            Group.Barrier();
        }

        Store(account, s, s0);
        Store(account + 1, s, s1);
        Store(account + 2, s, s2);
        Store(account + 3, s, s3);
        Store(account + 4, s, s4);
        Store(account + 5, s, s5);
        Store(account + 6, s, s6);
        Store(account + 7, s, s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    double Add(int runStart, int s, double sum)
    {
        int last = RunStart[runStart + 1];
        for (int run = RunStart[runStart]; run < last; run++)
        {
            PositionRun range = Runs[run];
            T partial = T.Of(0);
            for (int k = range.Start; k < range.End; k++)
            {
                PositionQuad quad = Positions[k];
                if (T.IsSingle)
                {
                    partial = PositionSum.Add(partial, T.FromBits(quad.Bits0, 0), Changes[quad.Row0 + s]);
                    partial = PositionSum.Add(partial, T.FromBits(quad.Bits1, 0), Changes[quad.Row1 + s]);
                }
                else
                {
                    partial = PositionSum.Add(partial, T.FromBits(quad.Row1, quad.Bits1), Changes[quad.Row0 + s]);
                }
            }

            sum = T.AddTo(sum, partial);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Store(int account, int s, double sum)
    {
        if (account < AccountCount)
        {
            ProfitAndLoss[account * Width + s] = sum;
        }
    }
}

static class AggregateEntry
{
    const int Threads = 1024;

    // One group: left to choose, ptxas 11.8 makes room for two of 1,024 threads, 32 registers each, and spills 112 bytes a thread.
    [GroupedKernel(Threads, GroupsPerMultiprocessor = 1)]
    public static void Run<T>(Aggregate<T> kernel)
        where T : unmanaged, IDeviceLane<T> =>
        kernel.Run(Grid.IdxY, Grid.IdxX, Group.IdxX, Group.DimX);
}
