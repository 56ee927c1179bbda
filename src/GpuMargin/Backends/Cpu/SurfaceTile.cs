using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Moves of one option's volatility by its surface in a tile of scenarios.</summary>
sealed unsafe class SurfaceTile<T>(int width) : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly LaneArray<T> rows = new(3L * width); // shock, its growth and the growth of its opposite, [each, scenario]

    /// <summary>Shock of the logarithm.</summary>
    public byte* Shock => rows.Pointer;

    /// <summary>Growth of the volatility.</summary>
    public byte* Up => rows.At(width);

    /// <summary>Its reciprocal.</summary>
    public byte* Down => rows.At(2L * width);

    /// <param name="option">Place among the options that surfaces move.</param>
    /// <param name="forward">Log-return of the forward.</param>
    /// <param name="shocks">[shock, scenario].</param>
    public void Fill(SurfaceMemory<T> surfaces, int option, byte* forward, LaneArray<T> shocks)
    {
        byte* terms = surfaces.Terms(option);
        FillPivots(terms, surfaces.Pivots(option), shocks);
        switch (surfaces.Slices(option))
        {
            case 1:
                AddSlice(terms, forward);
                break;
            case 2:
                AddSlices(terms, forward);
                break;
        }

        FillGrowths();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void FillPivots(byte* terms, int[] pivots, LaneArray<T> shocks)
    {
        byte* x1 = shocks.At((long)pivots[0] * width), x2 = shocks.At((long)pivots[1] * width);
        byte* x3 = shocks.At((long)pivots[2] * width), x4 = shocks.At((long)pivots[3] * width);
        byte* target = Shock;
        int count = width;
        T first = T.Broadcast(terms, 0), second = T.Broadcast(terms, 1), third = T.Broadcast(terms, 2), fourth = T.Broadcast(terms, 3);
        for (int s = 0; s < count; s += T.Width)
        {
            T.Store(SurfaceMove.OfPivots(first, T.Load(x1, s), second, T.Load(x2, s), third, T.Load(x3, s), fourth, T.Load(x4, s)), target, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void AddSlice(byte* terms, byte* forward)
    {
        byte* target = Shock;
        int count = width;
        T stickiness = T.Broadcast(terms, SurfacePlaces.Stickiness);
        SmileMove<T> slice = Slice(terms, SurfacePlaces.Before);
        for (int s = 0; s < count; s += T.Width)
        {
            T move = SurfaceMove.OfMoneyness(stickiness, T.Load(forward, s));
            T.Store(SurfaceMove.With(T.Load(target, s), slice.Change(move)), target, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void AddSlices(byte* terms, byte* forward)
    {
        byte* target = Shock;
        int count = width;
        T stickiness = T.Broadcast(terms, SurfacePlaces.Stickiness);
        SmileMove<T> before = Slice(terms, SurfacePlaces.Before), after = Slice(terms, SurfacePlaces.After);
        for (int s = 0; s < count; s += T.Width)
        {
            T move = SurfaceMove.OfMoneyness(stickiness, T.Load(forward, s));
            T.Store(SurfaceMove.With(T.Load(target, s), before.Change(after, move)), target, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void FillGrowths()
    {
        byte* shock = Shock, up = Up, down = Down;
        int count = width;
        for (int s = 0; s < count; s += T.Width)
        {
            T x = T.Load(shock, s);
            T.Store(Elementary.Exp(x), up, s);
            T.Store(Elementary.Exp(-x), down, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static SmileMove<T> Slice(byte* terms, int first) => new(
        T.Broadcast(terms, first), T.Broadcast(terms, first + 1), T.Broadcast(terms, first + 2), T.Broadcast(terms, first + 3), T.Broadcast(terms, first + 4));

    public void Dispose() => rows.Dispose();
}
