using GpuMargin.Backends;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Numerics;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Tails;

/// <summary>Sorted tails on the device and their way to the host: through two page-locked pieces, one arriving while the other is unpacked.</summary>
sealed class TailResult
{
    // 8 MB of losses: long enough for the bus's full rate, short enough to page-lock at once.
    const int LossesOfPiece = 1 << 20;

    readonly int accounts;
    readonly Piece[] pieces;

    public TailResult(DeviceBuffers buffers, int accounts, int length)
    {
        this.accounts = accounts;
        LossBits = buffers.Allocate<ulong>((long)accounts * length).View.BaseView;
        Scenarios = buffers.Allocate<int>((long)accounts * length).View.BaseView;
        int losses = (int)Math.Min(Math.Max(LossesOfPiece, length), (long)accounts * length);
        pieces = [new Piece(buffers, losses), new Piece(buffers, losses)];
    }

    /// <summary>[account, kept], bits of doubles.</summary>
    public ArrayView<ulong> LossBits { get; }

    /// <summary>[account, kept].</summary>
    public ArrayView<int> Scenarios { get; }

    public LossTail[] Read(AcceleratorStream stream, int kept)
    {
        LossTail[] tails = new LossTail[accounts];
        if (kept == 0)
        {
            Array.Fill(tails, new LossTail([], []));
            return tails;
        }

        int step = Math.Min(accounts, pieces[0].Capacity / kept);
        Fetch(stream, 0, step, kept, pieces[0]);
        for (int first = 0, turn = 0; first < accounts; first += step, turn ^= 1)
        {
            stream.Synchronize();
            Fetch(stream, first + step, step, kept, pieces[turn ^ 1]);
            Piece arrived = pieces[turn];
            int start = first;
            SideBySide.For(Math.Min(step, accounts - start), i => tails[start + i] = arrived.Tail(i * kept, kept));
        }

        return tails;
    }

    void Fetch(AcceleratorStream stream, int first, int step, int kept, Piece piece)
    {
        int count = Math.Min(step, accounts - first);
        if (count > 0)
        {
            piece.Fetch(stream, LossBits.SubView((long)first * kept, (long)count * kept), Scenarios.SubView((long)first * kept, (long)count * kept));
        }
    }

    sealed class Piece(DeviceBuffers buffers, int capacity)
    {
        readonly PageLockedArray1D<double> losses = buffers.AllocatePageLocked<double>(capacity);
        readonly PageLockedArray1D<int> scenarios = buffers.AllocatePageLocked<int>(capacity);

        public int Capacity { get; } = capacity;

        public void Fetch(AcceleratorStream stream, ArrayView<ulong> lossBits, ArrayView<int> ofLosses)
        {
            lossBits.Cast<double>().CopyToCPUUnsafeAsync(stream, ref losses[0], lossBits.Length);
            ofLosses.CopyToCPUUnsafeAsync(stream, ref scenarios[0], ofLosses.Length);
        }

        public LossTail Tail(int first, int kept)
        {
            double[] ownLosses = GC.AllocateUninitializedArray<double>(kept);
            int[] ownScenarios = GC.AllocateUninitializedArray<int>(kept);
            losses.Span.Slice(first, kept).CopyTo(ownLosses);
            scenarios.Span.Slice(first, kept).CopyTo(ownScenarios);
            return new LossTail(ownLosses, ownScenarios);
        }
    }
}
