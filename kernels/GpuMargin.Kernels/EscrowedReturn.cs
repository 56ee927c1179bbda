using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Growth of S* = S − E, the spot less the cash of its dividends, when the total return of S is e^x and E stays.</summary>
/// <remarks>With the gearing S/S* it is 1 + gearing·(e^x − 1). Where S falls below E, S* is held at a floor.</remarks>
static class EscrowedReturn
{
    /// <summary>Least S*, a share of today's S.</summary>
    public const double Floor = 1e-9;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Growth<T>(T x, T gearing)
        where T : unmanaged, ILane<T> => Floored(Elementary.Expm1(x), gearing);

    /// <summary>Logarithm of the growth; of a small one without the rounding of 1 + m (Kahan's correction).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x, T gearing)
        where T : unmanaged, ILane<T>
    {
        T grown = Elementary.Expm1(x);
        T growth = Floored(grown, gearing);
        T log = Elementary.Log(growth);
        T move = grown * gearing;
        T rounded = growth - T.Of(1);
        T size = T.Abs(move);
        T corrected = T.SelectGreater(T.Abs(rounded), T.Of(0), log * (move / rounded), move);
        return T.SelectGreater(T.Of(0.5), size, corrected, log);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Floored<T>(T grown, T gearing)
        where T : unmanaged, ILane<T>
    {
        T growth = T.Fma(grown, gearing, T.Of(1));
        T floor = T.Of(Floor) * gearing;
        return T.SelectGreater(growth, floor, growth, floor);
    }
}
