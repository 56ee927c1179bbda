using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>What instruments read of a shock x.</summary>
enum Growth
{
    /// <summary>e^x.</summary>
    Up,

    /// <summary>e^−x.</summary>
    Down,

    /// <summary>e^x − 1.</summary>
    UpLessOne,

    /// <summary>e^−x − 1.</summary>
    DownLessOne,

    /// <summary>x: the move of an additive price or of a rate.</summary>
    Move,

    /// <summary>w₁·x₁ + w₂·x₂: the move of a rate between two nodes of a curve.</summary>
    Blend,

    /// <summary>Growth of the spot less its dividends, <see cref="EscrowedReturn"/>.</summary>
    Escrowed,

    /// <summary>Logarithm of it.</summary>
    EscrowedLog,
}

/// <summary>One value per scenario that several instruments read.</summary>
/// <param name="shock">Row of the plan's shocks; −1: ones.</param>
/// <param name="second">Of a blend, the row of its second shock; −1: none.</param>
readonly struct GrowthRow(int shock, Growth growth, double weight = 1, int second = -1, double secondWeight = 0)
{
    readonly double weight = weight;
    readonly double secondWeight = secondWeight;

    public int Shock { get; } = shock;

    public int Second { get; } = second;

    public Growth Growth { get; } = growth;

    public bool IsEscrowed => Growth is Growth.Escrowed or Growth.EscrowedLog;

    /// <summary>The value of a row that is not escrowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T>(T x)
        where T : unmanaged, ILane<T> =>
        Growth == Growth.Move ? x : ForwardGrowth.Of(x, Growth is Growth.Down or Growth.DownLessOne, Growth is Growth.UpLessOne or Growth.DownLessOne);

    /// <summary>The value of an escrowed row.</summary>
    /// <param name="gearing">S/S*.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Escrowed<T>(T x, T gearing)
        where T : unmanaged, ILane<T> =>
        Growth == Growth.Escrowed ? EscrowedReturn.Growth(x, gearing) : EscrowedReturn.Log(x, gearing);

    /// <summary>The blend of two shocks; the second is zero where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Blend<T>(T first, T second)
        where T : unmanaged, ILane<T> =>
        T.Fma(T.Of(secondWeight), second, T.Of(weight) * first);
}
