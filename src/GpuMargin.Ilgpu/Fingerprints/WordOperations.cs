using ILGPU.IR.Intrinsics;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>Operations on words that are one instruction of CUDA each and three otherwise; see <see cref="WordIntrinsics"/>.</summary>
static class WordOperations
{
    /// <param name="bits">1 to 31.</param>
    [IntrinsicImplementation]
    public static uint RotateRight(uint x, int bits) => RotateRightByShifts(x, bits);

    [IntrinsicImplementation]
    public static uint ReverseBytes(uint x) => ReverseBytesByShifts(x);

    public static uint RotateRightByShifts(uint x, int bits) => (x >> bits) | (x << (32 - bits));

    public static uint ReverseBytesByShifts(uint x) =>
        (RotateRightByShifts(x, 24) & 0x00FF00FF) | (RotateRightByShifts(x, 8) & 0xFF00FF00);
}
