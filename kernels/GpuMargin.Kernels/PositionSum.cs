using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>P&amp;L of an account in one scenario: Σ quantity·change over its positions.</summary>
/// <remarks>
/// The order is part of the numeric contract. Positions ascend by instrument and form runs; a run ends after
/// <see cref="RunLength"/> positions, and where the next instrument lies in another block of <see cref="InstrumentBlock"/>.
/// Within a run the sum is a chain of fused multiply-adds in the working precision starting from zero; runs are added in
/// order in double precision.
/// </remarks>
static class PositionSum
{
    /// <summary>Positions of a run: in single precision its rounding error stays below 2e-6 of its gross P&amp;L.</summary>
    public const int RunLength = 32;

    /// <summary>Lets a device hold one block's P&amp;L of a scenario tile in shared memory: 1,024 × 8 × 4 bytes = 32 KB.</summary>
    public const int InstrumentBlock = 1024;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add<T>(T partial, T quantity, T change)
        where T : unmanaged, ILane<T> =>
        T.Fma(quantity, change, partial);
}
