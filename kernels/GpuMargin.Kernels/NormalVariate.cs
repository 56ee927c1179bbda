using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Standard normals by inversion of 32-bit uniforms.</summary>
static class NormalVariate
{
    /// <summary>The normal of one random word, |z| ≤ 6.34; the same in both precisions up to rounding.</summary>
    /// <param name="magnitude">The word's low 31 bits as a number.</param>
    /// <param name="sign">Its bit 31 as a sign bit: set means below the median.</param>
    /// <remarks>The tail probability is (magnitude + ½)·2⁻³², so both tails are resolved alike down to 1.2e-10.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FromWord<T>(T magnitude, T sign)
        where T : unmanaged, ILane<T>
    {
        T p = T.Fma(magnitude, T.Of(1.0 / 4294967296.0), T.Of(0.5 / 4294967296.0));
        return T.CopySign(NormalDistribution.LowerQuantile(p), sign);
    }
}
