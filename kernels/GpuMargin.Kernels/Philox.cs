using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Philox4x32-10: a counter-based generator (Salmon, Moraes, Dror and Shaw 2011).</summary>
static class Philox
{
    const uint M0 = 0xD2511F53;
    const uint M1 = 0xCD9E8D57;
    const uint W0 = 0x9E3779B9; // golden ratio
    const uint W1 = 0xBB67AE85; // √3 − 1

    /// <summary>Replaces the counter by its four random words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Generate<TWord>(ref TWord c0, ref TWord c1, ref TWord c2, ref TWord c3, uint key0, uint key1)
        where TWord : unmanaged, IWordLane<TWord>
    {
        for (int round = 0; round < 10; round++)
        {
            TWord.MultiplyWide(c0, M0, out TWord high0, out TWord low0);
            TWord.MultiplyWide(c2, M1, out TWord high1, out TWord low1);
            c0 = high1 ^ c1 ^ TWord.Of(key0);
            c2 = high0 ^ c3 ^ TWord.Of(key1);
            c1 = low1;
            c3 = low0;
            key0 += W0;
            key1 += W1;
        }
    }
}
