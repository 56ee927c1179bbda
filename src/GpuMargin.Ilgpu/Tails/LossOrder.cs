namespace GpuMargin.Ilgpu.Tails;

/// <summary>The order of tails, losses downwards and then scenarios upwards, as an ascending order of unsigned integers.</summary>
static class LossOrder
{
    /// <summary>Key behind that of every finite P&amp;L.</summary>
    public const ulong Last = ulong.MaxValue;

    const ulong Sign = 1ul << 63;
    const ulong Exponent = 0x7FFul << 52;

    public static bool IsFinite(ulong profitAndLossBits) => (profitAndLossBits & Exponent) != Exponent;

    /// <summary>The smaller, the larger the loss; zeros of either sign are one.</summary>
    /// <param name="profitAndLossBits">IEEE 754 binary64, finite, gain &gt; 0.</param>
    public static ulong Key(ulong profitAndLossBits)
    {
        ulong bits = profitAndLossBits == Sign ? 0 : profitAndLossBits;
        return (bits & Sign) != 0 ? ~bits : bits | Sign;
    }

    /// <summary>Bits of 0.0 − P&amp;L: +0 for either zero.</summary>
    public static ulong LossBits(ulong key)
    {
        ulong profitAndLossBits = (key & Sign) != 0 ? key & ~Sign : ~key;
        return profitAndLossBits == 0 ? 0 : profitAndLossBits ^ Sign;
    }

    public static bool Precedes(ulong key, int scenario, ulong otherKey, int otherScenario) =>
        key < otherKey || (key == otherKey && scenario < otherScenario);
}
