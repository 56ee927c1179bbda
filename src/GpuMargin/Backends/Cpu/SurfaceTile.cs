using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation.Surfaces;

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

    /// <param name="forward">Log-return of the forward.</param>
    /// <param name="shocks">[shock, scenario].</param>
    public void Fill(SurfaceTerms terms, byte* forward, LaneArray<T> shocks)
    {
        SurfaceMove<T> move = terms.Move<T>();
        FillPivots(move, terms.Shocks, shocks);
        if (move.IsSticky)
        {
            AddForward(move, forward);
        }

        byte* shock = Shock;
        for (int s = 0; s < width; s += T.Width)
        {
            T x = T.Load(shock, s);
            T.Store(Elementary.Exp(x), Up, s);
            T.Store(Elementary.Exp(-x), Down, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void FillPivots(SurfaceMove<T> move, int[] pivots, LaneArray<T> shocks)
    {
        byte* first = shocks.At((long)pivots[0] * width), second = shocks.At((long)pivots[1] * width);
        byte* third = shocks.At((long)pivots[2] * width), fourth = shocks.At((long)pivots[3] * width);
        byte* target = Shock;
        for (int s = 0; s < width; s += T.Width)
        {
            T.Store(move.OfPivots(T.Load(first, s), T.Load(second, s), T.Load(third, s), T.Load(fourth, s)), target, s);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void AddForward(SurfaceMove<T> move, byte* forward)
    {
        byte* target = Shock;
        for (int s = 0; s < width; s += T.Width)
        {
            T.Store(move.With(T.Load(target, s), T.Load(forward, s)), target, s);
        }
    }

    public void Dispose() => rows.Dispose();
}
