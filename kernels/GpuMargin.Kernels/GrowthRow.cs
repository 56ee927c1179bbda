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

    /// <summary>x: the move of an additive price.</summary>
    Move,

    /// <summary>Growth of the spot less its dividends, <see cref="EscrowedReturn"/>.</summary>
    Escrowed,

    /// <summary>Logarithm of it.</summary>
    EscrowedLog,
}

/// <summary>One value per scenario that several instruments read.</summary>
/// <param name="shock">Row of the plan's shocks; −1: ones.</param>
readonly struct GrowthRow(int shock, Growth growth)
{
    public int Shock { get; } = shock;

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
}
