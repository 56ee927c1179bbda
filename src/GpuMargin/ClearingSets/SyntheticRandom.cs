namespace GpuMargin.ClearingSets;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): a counter in steps of the golden ratio, then a 64-bit mix. Integer arithmetic only, so a seed means the same set everywhere.</summary>
sealed class SyntheticRandom(ulong seed)
{
    ulong state = seed;

    public ulong NextBits()
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1ul << 53));

    /// <summary>Uniform on [low, high).</summary>
    public double NextBetween(double low, double high) => low + (high - low) * NextUniform();

    /// <summary>Uniform on 0 … bound − 1; the high half of a 128-bit product, biased by less than bound / 2⁶⁴.</summary>
    public int NextBelow(int bound) => (int)Math.BigMul(NextBits(), (ulong)bound, out _);
}
