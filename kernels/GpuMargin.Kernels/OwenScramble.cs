using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Nested uniform scrambling (Owen 1995) by a keyed hash in the manner of Laine and Karras (2011).</summary>
/// <remarks>
/// With the bits reversed, a digit may change only by those below it. Sums, products and x ^ x·even carry upwards only, so
/// that any sequence of them is a nested scrambling of a binary net, whatever the keys; four words of key make the flips of
/// one digit as good as independent over the digits before it (tests hold them against flips that are).
/// The constants are even words without structure: 32 binary digits behind the point of π, e, √2 and √3, shifted by one.
/// </remarks>
static class OwenScramble
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWord Reversed<TWord>(TWord x, TWord key0, TWord key1, TWord key2, TWord key3)
        where TWord : unmanaged, IWordLane<TWord>
    {
        x += key0;
        x ^= x * TWord.Of(0x487ED510); // π
        x += x * (key1 + key1); // an odd multiple: 2·key + 1
        x ^= x * TWord.Of(0x6FC2A2C4); // e
        x += key2;
        x ^= x * TWord.Of(0xD413CCCE); // √2
        x += x * (key3 + key3);
        return x ^ (x * TWord.Of(0x76CF5D0A)); // √3
    }
}
