using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Kernels;

/// <summary>Direction numbers that a device reads one by one.</summary>
interface IDirections
{
    /// <summary>Direction number <paramref name="bit"/> of a dimension, bits reversed.</summary>
    uint Direction(uint dimension, uint bit);
}

/// <summary>Points of Sobol's sequence, every scenario's a function of its number.</summary>
/// <remarks>
/// Scenario s is point s/16 of randomisation s mod 16: neighbouring scenarios share the point and differ in its scramble, and
/// more scenarios change no earlier one. Words are built bits reversed, the form that <see cref="OwenScramble"/> takes.
/// </remarks>
static class SobolPoint
{
    /// <summary>Independent randomisations, as a power of two.</summary>
    public const int RandomizationBits = 4;

    public const int Randomizations = 1 << RandomizationBits;

    /// <summary>Dimensions with direction numbers (Joe and Kuo 2008).</summary>
    public const int Dimensions = 21_201;

    /// <summary>Direction numbers of a dimension.</summary>
    public const int Bits = 32;

    /// <summary>Bits-reversed coordinate of a point: the exclusive or of the direction numbers at the index's set bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Reversed<TDirections>(uint index, uint dimension, TDirections directions)
        where TDirections : struct, IDirections
    {
        uint x = 0;
        for (uint bit = 0; index != 0; bit++)
        {
            if ((index & 1) != 0)
            {
                x ^= directions.Direction(dimension, bit);
            }

            index >>= 1;
        }

        return x;
    }

    /// <summary>The coordinate as a random word, uniform when the keys are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWord Word<TWord>(TWord reversed, TWord key0, TWord key1, TWord key2, TWord key3)
        where TWord : unmanaged, IWordLane<TWord> =>
        TWord.ReverseBits(OwenScramble.Reversed(reversed, key0, key1, key2, key3));
}
