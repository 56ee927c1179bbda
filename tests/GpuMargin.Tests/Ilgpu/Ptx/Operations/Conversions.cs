namespace GpuMargin.Tests.Ilgpu.Ptx.Operations;

/// <summary>Conversions between types: of integers by their low bits, of floats rounded to nearest even.</summary>
static class Conversions
{
    public static IEnumerable<PtxOperation> All { get; } =
    [
        new("mul.wide.s32", 64, [32, 32], (a, b, _) => (ulong)((long)(int)a * (int)b)),
        new("mul.wide.u32", 64, [32, 32], (a, b, _) => a * b),
        new("cvt.s64.s32", 64, [32], (a, _, _) => (ulong)(int)a),
        new("cvt.u64.s32", 64, [32], (a, _, _) => (ulong)(int)a),
        new("cvt.s64.u32", 64, [32], (a, _, _) => a),
        new("cvt.u64.u32", 64, [32], (a, _, _) => a),
        new("cvt.s32.s64", 32, [64], (a, _, _) => (uint)a),
        new("cvt.s32.u64", 32, [64], (a, _, _) => (uint)a),
        new("cvt.u32.s64", 32, [64], (a, _, _) => (uint)a),
        new("cvt.u32.u64", 32, [64], (a, _, _) => (uint)a),
        new("cvt.rn.f32.s32", 32, [32], (a, _, _) => BitConverter.SingleToUInt32Bits((int)a)),
        new("cvt.rn.f64.s32", 64, [32], (a, _, _) => BitConverter.DoubleToUInt64Bits((int)a)),
        new("cvt.f64.f32", 64, [32], (a, _, _) => BitConverter.DoubleToUInt64Bits(BitConverter.UInt32BitsToSingle((uint)a))),
        new("cvt.rn.f32.f64", 32, [64], (a, _, _) => BitConverter.SingleToUInt32Bits((float)BitConverter.UInt64BitsToDouble(a))),
    ];
}
