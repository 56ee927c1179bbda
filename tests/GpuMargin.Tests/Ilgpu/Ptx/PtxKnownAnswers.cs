namespace GpuMargin.Tests.Ilgpu.Ptx;

/// <summary>Results of instructions, worked out from the PTX ISA and IEEE 754: operands and result as hexadecimal bits, a predicate as 0 or 1.</summary>
static class PtxKnownAnswers
{
    public static readonly string[] All =
    [
        // Integers wrap.
        "add.s32 7fffffff 1 = 80000000", "add.s64 7fffffffffffffff 1 = 8000000000000000", "add.u64 ffffffffffffffff 2 = 1",
        "sub.s32 80000000 1 = 7fffffff", "sub.s64 0 1 = ffffffffffffffff",
        "mul.lo.s32 10001 10001 = 20001", "mul.lo.s64 100000001 100000001 = 200000001", "mul.lo.u64 100000001 100000001 = 200000001",
        "mad.lo.s32 ffffffff 3 5 = 2", "mad.lo.u64 ffffffffffffffff 8 10 = 8", "mul.wide.u32 ffffffff 4 = 3fffffffc", "mul.wide.s32 ffffffff 4 = fffffffffffffffc",
        "div.u32 ffffffff 2 = 7fffffff", "div.s64 fffffffffffffff9 2 = fffffffffffffffd", "rem.u32 ffffffff 10 = f",
        "min.s32 ffffffff 1 = ffffffff", "min.u32 ffffffff 1 = 1", "min.u64 ffffffffffffffff 1 = 1", "max.u64 ffffffffffffffff 1 = ffffffffffffffff",
        "neg.s32 80000000 = 80000000", "neg.s32 1 = ffffffff",

        // Shifts beyond the width leave nothing but the sign.
        "shr.s32 80000000 1 = c0000000", "shr.s32 80000000 20 = ffffffff", "shr.u32 80000000 1f = 1", "shr.u32 80000000 20 = 0",
        "shr.u64 8000000000000000 3f = 1", "shr.u64 8000000000000000 40 = 0", "shl.b32 1 1f = 80000000", "shl.b32 1 20 = 0", "shl.b32 3 1f = 80000000",
        "shl.b64 1 3f = 8000000000000000", "shl.b64 1 40 = 0",

        // Bits.
        "and.b32 f0f0 ff00 = f000", "and.b64 f0f0f0f0f0f0f0f0 ff00ff00ff00ff00 = f000f000f000f000", "and.pred 1 0 = 0", "and.pred 1 1 = 1",
        "or.b32 f0f0 ff00 = fff0", "or.b64 8000000000000000 1 = 8000000000000001", "or.pred 1 0 = 1", "or.pred 0 0 = 0",
        "xor.b32 f0f0 ff00 = ff0", "xor.b64 8000000000000001 1 = 8000000000000000", "xor.pred 1 1 = 0",
        "not.b32 1 = fffffffe", "not.b64 1 = fffffffffffffffe", "not.pred 0 = 1", "not.pred 1 = 0",
        "shf.r.wrap.b32 12345678 12345678 8 = 78123456", "shf.r.wrap.b32 12345678 12345678 28 = 78123456", "shf.r.wrap.b32 11111111 22222222 4 = 21111111",
        "prmt.b32 12345678 12345678 123 = 78563412", "prmt.b32 33221100 77665544 7531 = 77553311", "prmt.b32 80 0 8888 = ffffffff", "prmt.b32 7f 0 8888 = 0",

        // Moves keep bits, also of a NaN.
        "mov.b32 7fa00001 = 7fa00001", "mov.f32 7fa00001 = 7fa00001", "mov.b64 fff0000000000001 = fff0000000000001", "mov.f64 fff0000000000001 = fff0000000000001",
        "mov.pred 1 = 1", "mov.u32 ffffffff = ffffffff", "mov.u64 ffffffffffffffff = ffffffffffffffff",
        "selp.b32 1 2 1 = 1", "selp.b32 1 2 0 = 2", "selp.b64 1 2 1 = 1", "selp.b64 1 2 0 = 2", "cvta.to.global.u64 7f0000000100 = 7f0000000100",

        // Conversions.
        "cvt.s64.s32 80000000 = ffffffff80000000", "cvt.u64.u32 80000000 = 80000000", "cvt.u32.u64 123456789 = 23456789", "cvt.s32.s64 ffffffff80000000 = 80000000",
        "cvt.u64.s32 ffffffff = ffffffffffffffff", "cvt.s64.u32 ffffffff = ffffffff",
        "cvt.rn.f32.s32 1000001 = 4b800000", "cvt.rn.f32.s32 1000003 = 4b800002", "cvt.rn.f32.s32 ffffffff = bf800000",
        "cvt.rn.f64.s32 80000000 = c1e0000000000000", "cvt.f64.f32 1 = 36a0000000000000", "cvt.f64.f32 3f800000 = 3ff0000000000000",
        "cvt.rn.f32.f64 3ff0000010000000 = 3f800000", "cvt.rn.f32.f64 3ff0000030000000 = 3f800002",

        // Floats: ties to even, denormals kept, one NaN in single precision.
        "add.rn.f32 3f800000 33800000 = 3f800000", "add.rn.f32 3f800001 33800000 = 3f800002", "add.rn.f32 1 1 = 2", "add.rn.f32 7f800000 ff800000 = 7fffffff",
        "add.rn.f64 3ff0000000000000 3ca0000000000000 = 3ff0000000000000", "add.rn.f64 3ff0000000000001 3ca0000000000000 = 3ff0000000000002", "add.rn.f64 1 1 = 2",
        "sub.rn.f32 800001 800000 = 1", "sub.rn.f32 3f800000 3f800000 = 0", "sub.rn.f64 10000000000001 10000000000000 = 1", "sub.rn.f64 0 0 = 0",
        "mul.rn.f32 800000 3f000000 = 400000", "mul.rn.f32 80000000 3f800000 = 80000000", "mul.rn.f32 7f7fffff 40000000 = 7f800000",
        "mul.rn.f64 10000000000000 3fe0000000000000 = 8000000000000", "mul.rn.f64 7fefffffffffffff 4000000000000000 = 7ff0000000000000",
        "div.rn.f32 3f800000 40400000 = 3eaaaaab", "div.rn.f32 3f800000 0 = 7f800000", "div.rn.f32 800000 40000000 = 400000",
        "div.rn.f64 3ff0000000000000 4008000000000000 = 3fd5555555555555", "div.rn.f64 3ff0000000000000 8000000000000000 = fff0000000000000",
        "sqrt.rn.f32 40000000 = 3fb504f3", "sqrt.rn.f32 bf800000 = 7fffffff", "sqrt.rn.f64 4000000000000000 = 3ff6a09e667f3bcd",

        // (1 + 2⁻¹²)² less 1 + 2⁻¹¹ is 2⁻²⁴, in double (1 + 2⁻²⁷)² less 1 + 2⁻²⁶ is 2⁻⁵⁴: a product rounded first leaves 0.
        "fma.rn.f32 3f800800 3f800800 bf801000 = 33800000", "fma.rn.f64 3ff0000002000000 3ff0000002000000 bff0000004000000 = 3c90000000000000",

        // Comparisons: signed, unsigned, ordered, unordered.
        "setp.eq.s32 1 1 = 1", "setp.eq.s32 1 2 = 0", "setp.ne.s32 1 2 = 1", "setp.ne.s32 1 1 = 0", "setp.lt.s32 ffffffff 1 = 1", "setp.lt.s32 1 1 = 0",
        "setp.le.s32 1 1 = 1", "setp.le.s32 2 1 = 0", "setp.gt.s32 1 ffffffff = 1", "setp.gt.s32 1 1 = 0", "setp.ge.s32 1 1 = 1", "setp.ge.s32 ffffffff 1 = 0",
        "setp.eq.u32 1 1 = 1", "setp.ne.u32 1 2 = 1", "setp.ne.u32 1 1 = 0", "setp.lo.u32 ffffffff 1 = 0", "setp.lo.u32 1 2 = 1",
        "setp.ls.u32 1 1 = 1", "setp.ls.u32 ffffffff 1 = 0", "setp.hs.u32 ffffffff 1 = 1", "setp.hs.u32 0 1 = 0", "setp.hi.u32 ffffffff 1 = 1", "setp.hi.u32 1 1 = 0",
        "setp.eq.s64 1 100000001 = 0", "setp.eq.s64 1 1 = 1", "setp.ne.s64 1 100000001 = 1", "setp.ne.s64 1 1 = 0", "setp.ge.s64 ffffffffffffffff 1 = 0", "setp.ge.s64 1 1 = 1",
        "setp.lt.s64 ffffffffffffffff 1 = 1", "setp.eq.u64 1 100000001 = 0", "setp.eq.u64 1 1 = 1", "setp.lo.u64 ffffffffffffffff 1 = 0", "setp.lo.u64 1 100000000 = 1",
        "setp.hs.u64 ffffffffffffffff 1 = 1", "setp.hs.u64 0 1 = 0", "setp.ls.u64 1 1 = 1", "setp.hi.u64 ffffffffffffffff 1 = 1",
        "setp.gt.f32 3f800000 bf800000 = 1", "setp.gt.f32 7fc00000 0 = 0", "setp.gt.f32 0 80000000 = 0", "setp.ltu.f32 bf800000 0 = 1", "setp.ltu.f32 7fc00000 0 = 1", "setp.ltu.f32 0 0 = 0",
        "setp.gt.f64 3ff0000000000000 bff0000000000000 = 1", "setp.gt.f64 7ff8000000000000 0 = 0", "setp.ltu.f64 bff0000000000000 0 = 1", "setp.ltu.f64 7ff8000000000000 0 = 1", "setp.ltu.f64 0 8000000000000000 = 0",
        "setp.ne.f32 7fc00000 0 = 0", "setp.neu.f32 7fc00000 0 = 1", "setp.eq.f32 0 80000000 = 1", "setp.equ.f64 7ff8000000000000 0 = 1",
    ];

    public static IEnumerable<string> Opcodes => All.Select(answer => answer.Split(' ')[0]).Distinct();
}
