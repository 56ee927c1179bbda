using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Where a scenario takes an option that may be exercised at any time, as its premium reads it.</summary>
readonly struct PremiumPoint<T>
    where T : unmanaged, ILane<T>
{
    /// <param name="x">ln(S'/K) of a put, ln(K/S') of a call.</param>
    /// <param name="inverseDeviation">1/σ'√T.</param>
    /// <param name="leg">The leg that exercise gives: B of a put, A of a call.</param>
    /// <param name="part">Its part of the European value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PremiumPoint(T x, T inverseDeviation, T leg, T part)
    {
        X = x;
        InverseDeviation = inverseDeviation;
        Leg = leg;
        Part = part;
    }

    public T X { get; }

    public T InverseDeviation { get; }

    public T Leg { get; }

    public T Part { get; }
}
