using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Backends.Cpu;

/// <summary>
/// The positions in the working precision, block by block of instruments, so that a block's P&amp;L stays in the
/// cache while all accounts read it. A block is one to three of <see cref="PositionSum.InstrumentBlock"/>, and each
/// account's order of summation is that of <see cref="PositionSum"/> whatever the number.
/// </summary>
sealed unsafe class PositionBlocks<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    /// <summary>Cells of <see cref="AddLeast(int, double*, double*)"/>.</summary>
    public const int Cells = 8;

    readonly LaneArray<T> quantity;
    readonly ushort[] row; // within its block; 16 bits because the positions stream past the cache in every tile (+20 %)
    readonly Run[] runs;
    readonly int[] blockStart;

    public PositionBlocks(PositionRows positions, int instruments)
        : this(positions, instruments, PositionSum.InstrumentBlock * BlocksTogether(positions, (instruments + PositionSum.InstrumentBlock - 1) / PositionSum.InstrumentBlock))
    {
    }

    /// <summary>A block for each band.</summary>
    public PositionBlocks(NarrowRows bands)
        : this(bands.Positions, bands.Count * NarrowRows.Instruments, NarrowRows.Instruments)
    {
    }

    PositionBlocks(PositionRows positions, int instruments, int ofBlock)
    {
        Instruments = ofBlock;
        Blocks = Math.Max(1, (instruments + ofBlock - 1) / ofBlock);
        runs = new Run[positions.RunEnd.Length];
        blockStart = new int[Blocks + 1];
        int[] firstPosition = new int[Blocks + 1];
        for (int run = 0, k = 0; run < runs.Length; k = positions.RunEnd[run++])
        {
            int block = positions.Instrument[k] / Instruments;
            blockStart[block + 1]++;
            firstPosition[block + 1] += positions.RunEnd[run] - k;
        }

        for (int block = 0; block < Blocks; block++)
        {
            blockStart[block + 1] += blockStart[block];
            firstPosition[block + 1] += firstPosition[block];
        }

        int[] next = blockStart[..Blocks];
        int[] from = new int[runs.Length];
        for (int account = 0, k = 0; account < positions.Accounts; account++)
        {
            for (int run = positions.RunStart[account]; run < positions.RunStart[account + 1]; k = positions.RunEnd[run++])
            {
                int place = next[positions.Instrument[k] / Instruments]++;
                runs[place] = new Run(account, positions.RunEnd[run] - k, run == positions.RunStart[account]);
                from[place] = k;
            }
        }

        Debug.Assert(Instruments <= ushort.MaxValue + 1, "Rows of a block have 16 bits.");
        row = GC.AllocateUninitializedArray<ushort>(positions.Instrument.Length);
        quantity = LaneArray<T>.Uninitialized(row.Length);
        SideBySide.For(Blocks, block =>
        {
            int target = firstPosition[block];
            for (int run = blockStart[block]; run < blockStart[block + 1]; run++)
            {
                for (int k = from[run]; k < from[run] + runs[run].Length; k++, target++)
                {
                    Debug.Assert(positions.Instrument[k] / Instruments == block, "A position is in another block.");
                    row[target] = (ushort)(positions.Instrument[k] % Instruments);
                    quantity.Set(target, positions.Quantity[k]);
                }

                runs[run] = runs[run] with { End = target };
            }
        });
    }

    public int Blocks { get; }

    /// <summary>Number of instruments in a block.</summary>
    public int Instruments { get; }

    // More than 1,024 instruments leave the second cache no room for positions and sums, but where an account has two positions in a block it moves its
    // sums in and out for these alone, which costs more: 2 to 3 together take a third off at 20 positions an account, and add 3 to 10 % at 200.
    static int BlocksTogether(PositionRows positions, int blocks)
    {
        const double Enough = 6;
        const int Most = 3;
        double together = positions.RunEnd.Length == 0 ? 1 : Math.Clamp(Math.Ceiling(Enough * positions.RunEnd.Length / positions.Instrument.Length), 1, Most);
        return Math.Min(Math.Max(blocks, 1), (int)together);
    }

    /// <summary>Adds a block's positions to the P&amp;L of some accounts; what an account has of its first block replaces what was there. An account without positions is left alone.</summary>
    /// <param name="changes">[instrument of the block, scenario].</param>
    /// <param name="width">Scenarios in the tile, a multiple of four lanes.</param>
    /// <param name="sums">[account, scenario], from account 0 on.</param>
    public void Add(int block, int firstAccount, int accounts, byte* changes, int width, double* sums)
    {
        Debug.Assert(block >= 0 && block < Blocks && firstAccount >= 0 && accounts >= 0, $"Block {block} of {Blocks}.");
        Debug.Assert(width > 0 && width % (4 * T.Width) == 0, "A tile is a multiple of four lanes.");
        AddRuns(FirstRun(block, firstAccount), FirstRun(block, firstAccount + accounts), changes, width, sums);
    }

    /// <summary>Adds a block's positions to the P&amp;L of some accounts, as for neighbours.</summary>
    /// <param name="accounts">Ascending.</param>
    /// <param name="sums">[place among the accounts, scenario].</param>
    public void Add(int block, ReadOnlySpan<int> accounts, byte* changes, int width, double* sums)
    {
        for (int place = 0, run = blockStart[block]; place < accounts.Length; place++)
        {
            while (run < blockStart[block + 1] && runs[run].Account < accounts[place])
            {
                run++;
            }

            int first = run;
            while (run < blockStart[block + 1] && runs[run].Account == accounts[place])
            {
                run++;
            }

            AddRuns(first, run, changes, width, sums + (nint)(place - accounts[place]) * width);
        }
    }

    /// <summary>Adds Σ q·(q &gt; 0 ? least : greatest) over a block's positions to every account's cells.</summary>
    /// <param name="bounds">[instrument of the block, least or greatest, cell].</param>
    /// <param name="sums">[account, cell].</param>
    public void AddLeast(int block, double* bounds, double* sums)
    {
        if (Float64x8.IsSupported)
        {
            AddLeast<Float64x8>(block, bounds, sums);
        }
        else if (Float64x4.IsSupported)
        {
            AddLeast<Float64x4>(block, bounds, sums);
        }
        else
        {
            AddLeast<Float64>(block, bounds, sums);
        }
    }

    void AddLeast<TSum>(int block, double* bounds, double* sums)
        where TSum : unmanaged, IHostLane<TSum>
    {
        byte* q = quantity.Pointer;
        fixed (ushort* rows = row)
        {
            for (int run = blockStart[block]; run < blockStart[block + 1]; run++)
            {
                int end = runs[run].End;
                double* sum = sums + (nint)runs[run].Account * Cells;
                for (int cell = 0; cell < Cells; cell += TSum.Width)
                {
                    TSum least = TSum.Load(sum, cell);
                    for (int k = end - runs[run].Length; k < end; k++)
                    {
                        // By the sign bit: a branch would be mispredicted every other time.
                        nint side = T.IsSingle ? (nint)(((uint*)q)[k] >> 31) : (nint)(((ulong*)q)[k] >> 63);
                        TSum held = TSum.Of(T.IsSingle ? ((float*)q)[k] : ((double*)q)[k]);
                        least = TSum.Fma(held, TSum.Load(bounds, (rows[k] * 2 + side) * Cells + cell), least);
                    }

                    TSum.Store(least, sum, cell);
                }
            }
        }
    }

    // First run of the block whose account is not below the given one.
    int FirstRun(int block, int account)
    {
        int low = blockStart[block], high = blockStart[block + 1];
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (runs[middle].Account < account)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    void AddRuns(int firstRun, int endRun, byte* changes, int width, double* sums)
    {
        byte* q = quantity.Pointer;
        fixed (ushort* rows = row)
        {
            for (int run = firstRun; run < endRun; run++)
            {
                int end = runs[run].End;
                int start = end - runs[run].Length;
                Debug.Assert(start >= 0 && start <= end && end <= quantity.Length, "A run is outside the positions.");
                double* sum = sums + (nint)runs[run].Account * width;
                for (int s = 0; s < width; s += 4 * T.Width)
                {
                    byte* column = changes + s * LaneArray<T>.ElementSize;
                    T a0 = T.Of(0), a1 = T.Of(0), a2 = T.Of(0), a3 = T.Of(0);
                    for (int k = start; k < end; k++)
                    {
                        nint element = (nint)rows[k] * width;
                        T weight = T.Broadcast(q, k);
                        a0 = PositionSum.Add(a0, weight, T.Load(column, element));
                        a1 = PositionSum.Add(a1, weight, T.Load(column, element + T.Width));
                        a2 = PositionSum.Add(a2, weight, T.Load(column, element + 2 * T.Width));
                        a3 = PositionSum.Add(a3, weight, T.Load(column, element + 3 * T.Width));
                    }

                    if (runs[run].IsFirst)
                    {
                        T.WidenTo(a0, sum + s);
                        T.WidenTo(a1, sum + s + T.Width);
                        T.WidenTo(a2, sum + s + 2 * T.Width);
                        T.WidenTo(a3, sum + s + 3 * T.Width);
                    }
                    else
                    {
                        T.AddTo(a0, sum + s);
                        T.AddTo(a1, sum + s + T.Width);
                        T.AddTo(a2, sum + s + 2 * T.Width);
                        T.AddTo(a3, sum + s + 3 * T.Width);
                    }
                }
            }
        }
    }

    public void Dispose() => quantity.Dispose();

    /// <param name="IsFirst">Of its account.</param>
    /// <param name="End">Behind its last position in block order.</param>
    readonly record struct Run(int Account, int Length, bool IsFirst, int End = 0);
}
