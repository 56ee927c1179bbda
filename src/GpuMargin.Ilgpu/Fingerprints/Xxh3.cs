namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>The arithmetic of XXH3 for messages of over 240 bytes without a seed (xxHash 0.8, doc/xxhash_spec.md); eight lanes of eight bytes each walk over stripes of 64 bytes.</summary>
static class Xxh3
{
    public const int LogLanes = 3;
    public const int Lanes = 1 << LogLanes;

    /// <summary>Stripes from one scrambling to the next.</summary>
    public const int LogStripesOfBlock = 4;

    const ulong Prime32One = 0x9E3779B1;
    const ulong Prime64One = 0x9E3779B185EBCA87;
    const ulong Prime64Two = 0xC2B2AE3D27D4EB4F;

    /// <param name="sum">Of the lane.</param>
    /// <param name="data">The lane's eight bytes of the stripe.</param>
    /// <param name="neighbour">Those of the lane beside it: 1 of 0, 0 of 1, 3 of 2.</param>
    public static ulong Accumulate(ulong sum, ulong data, ulong neighbour, ulong secret)
    {
        ulong keyed = data ^ secret;
        return sum + neighbour + (keyed & uint.MaxValue) * (keyed >> 32);
    }

    public static ulong Scramble(ulong sum, ulong secret) => (sum ^ (sum >> 47) ^ secret) * Prime32One;

    /// <summary>Where the merging of the lanes begins for the lower half of the digest.</summary>
    /// <param name="length">Bytes of the message.</param>
    public static ulong LowStart(ulong length) => length * Prime64One;

    public static ulong HighStart(ulong length) => ~(length * Prime64Two);

    /// <summary>What two neighbouring lanes add to a half of the digest.</summary>
    public static ulong Fold(ulong sum0, ulong secret0, ulong sum1, ulong secret1)
    {
        ulong x = sum0 ^ secret0;
        ulong y = sum1 ^ secret1;
        return (x * y) ^ MultiplyHigh(x, y);
    }

    public static ulong Avalanche(ulong hash)
    {
        ulong mixed = (hash ^ (hash >> 37)) * 0x165667919E3779F9;
        return mixed ^ (mixed >> 32);
    }

    /// <summary>The upper half of a product, of four products of 32 bits, which every device has.</summary>
    public static ulong MultiplyHigh(ulong x, ulong y)
    {
        ulong lowX = x & uint.MaxValue, highX = x >> 32;
        ulong lowY = y & uint.MaxValue, highY = y >> 32;
        ulong upper = highX * lowY + ((lowX * lowY) >> 32);
        ulong lower = lowX * highY + (upper & uint.MaxValue);
        return highX * highY + (upper >> 32) + (lower >> 32);
    }
}
