namespace GpuMargin.Tests.Ilgpu.Ptx.Operations;

/// <summary>Operations on bits without a type.</summary>
static class BitOperations
{
    const ulong Word = uint.MaxValue;

    public static IEnumerable<PtxOperation> All { get; } =
    [
        .. Logic("pred", 1, 1),
        .. Logic("b32", 32, Word),
        .. Logic("b64", 64, ulong.MaxValue),
        new("shl.b32", 32, [32, 32], (a, b, _) => b < 32 ? (a << (int)b) & Word : 0),
        new("shl.b64", 64, [64, 32], (a, b, _) => b < 64 ? a << (int)b : 0),
        new("shf.r.wrap.b32", 32, [32, 32, 32], (a, b, c) => ((b << 32 | a) >> (int)(c & 31)) & Word),
        new("prmt.b32", 32, [32, 32, 32], Permute),
    ];

    static IEnumerable<PtxOperation> Logic(string type, int bits, ulong mask) =>
    [
        new($"and.{type}", bits, [bits, bits], (a, b, _) => a & b),
        new($"or.{type}", bits, [bits, bits], (a, b, _) => a | b),
        new($"xor.{type}", bits, [bits, bits], (a, b, _) => a ^ b),
        new($"not.{type}", bits, [bits], (a, _, _) => ~a & mask),
    ];

    // Four bits of the selector per byte of the result: which of the eight bytes of b and a, or with the fourth bit copies of its sign.
    static ulong Permute(ulong a, ulong b, ulong selector)
    {
        ulong bytes = b << 32 | a, result = 0;
        for (int i = 0; i < 4; i++)
        {
            ulong choice = (selector >> (4 * i)) & 0xF;
            ulong chosen = (bytes >> (int)(8 * (choice & 7))) & 0xFF;
            result |= (choice < 8 ? chosen : chosen >= 0x80 ? 0xFFul : 0) << (8 * i);
        }

        return result;
    }
}
