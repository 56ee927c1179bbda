using System.Runtime.CompilerServices;
using GpuMargin.Aggregation;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>The positions in the working precision, and their sums over a tile; see <see cref="PositionSum"/> for the order.</summary>
sealed unsafe class PositionTile<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly PositionRows rows;
    readonly LaneArray<T> quantity;

    public PositionTile(PositionRows rows)
    {
        this.rows = rows;
        quantity = new(rows.Quantity);
    }

    /// <summary>P&amp;L of one account: sums [scenario of the tile], overwritten.</summary>
    /// <param name="changes">[instrument, scenario] with <paramref name="width"/> scenarios a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sum(int account, byte* changes, int width, double* sums)
    {
        new Span<double>(sums, width).Clear();
        fixed (int* instrument = rows.Instrument)
        fixed (int* runEnd = rows.RunEnd)
        {
            int k = rows.Start[account];
            for (int run = rows.RunStart[account]; run < rows.RunStart[account + 1]; run++)
            {
                int end = runEnd[run];
                int s = 0;
                for (; s + 4 * T.Width <= width; s += 4 * T.Width)
                {
                    AddRun4(instrument, k, end, changes + s * LaneArray<T>.ElementSize, width, sums + s);
                }

                for (; s < width; s += 2 * T.Width)
                {
                    AddRun2(instrument, k, end, changes + s * LaneArray<T>.ElementSize, width, sums + s);
                }

                k = end;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void AddRun4(int* instrument, int k, int end, byte* changes, int width, double* sums)
    {
        byte* q = quantity.Pointer;
        T a0 = T.Of(0), a1 = T.Of(0), a2 = T.Of(0), a3 = T.Of(0);
        for (; k < end; k++)
        {
            nint row = (nint)instrument[k] * width;
            T weight = T.Broadcast(q, k);
            a0 = PositionSum.Add(a0, weight, T.Load(changes, row));
            a1 = PositionSum.Add(a1, weight, T.Load(changes, row + T.Width));
            a2 = PositionSum.Add(a2, weight, T.Load(changes, row + 2 * T.Width));
            a3 = PositionSum.Add(a3, weight, T.Load(changes, row + 3 * T.Width));
        }

        T.AddTo(a0, sums);
        T.AddTo(a1, sums + T.Width);
        T.AddTo(a2, sums + 2 * T.Width);
        T.AddTo(a3, sums + 3 * T.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void AddRun2(int* instrument, int k, int end, byte* changes, int width, double* sums)
    {
        byte* q = quantity.Pointer;
        T a0 = T.Of(0), a1 = T.Of(0);
        for (; k < end; k++)
        {
            nint row = (nint)instrument[k] * width;
            T weight = T.Broadcast(q, k);
            a0 = PositionSum.Add(a0, weight, T.Load(changes, row));
            a1 = PositionSum.Add(a1, weight, T.Load(changes, row + T.Width));
        }

        T.AddTo(a0, sums);
        T.AddTo(a1, sums + T.Width);
    }

    public void Dispose() => quantity.Dispose();
}
