using System.Numerics;
using System.Runtime.CompilerServices;
using GpuMargin.Tests.Ilgpu.Ptx.Code;

namespace GpuMargin.Tests.Ilgpu.Ptx.Operations;

/// <summary>IEEE 754 arithmetic of one type, rounded to nearest even, denormals kept; comparisons ordered and unordered.</summary>
static class FloatOperations
{
    // PTX ISA: what single precision makes of a NaN is this one.
    const uint CanonicalNaN = 0x7FFF_FFFF;

    public static IEnumerable<PtxOperation> Of<T>(string type)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int bits = 8 * Unsafe.SizeOf<T>();
        yield return new($"add.rn.{type}", bits, [bits, bits], (a, b, _) => Bits(Value<T>(a) + Value<T>(b)));
        yield return new($"sub.rn.{type}", bits, [bits, bits], (a, b, _) => Bits(Value<T>(a) - Value<T>(b)));
        yield return new($"mul.rn.{type}", bits, [bits, bits], (a, b, _) => Bits(Value<T>(a) * Value<T>(b)));
        yield return new($"div.rn.{type}", bits, [bits, bits], (a, b, _) => Bits(Value<T>(a) / Value<T>(b)));
        yield return new($"fma.rn.{type}", bits, [bits, bits, bits], (a, b, c) => Bits(T.FusedMultiplyAdd(Value<T>(a), Value<T>(b), Value<T>(c))));
        yield return new($"sqrt.rn.{type}", bits, [bits], (a, _, _) => Bits(T.Sqrt(Value<T>(a))));

        // With u: also where one operand is a NaN.
        yield return Comparison<T>($"eq.{type}", bits, (a, b) => a == b);
        yield return Comparison<T>($"ne.{type}", bits, (a, b) => a < b || a > b);
        yield return Comparison<T>($"lt.{type}", bits, (a, b) => a < b);
        yield return Comparison<T>($"le.{type}", bits, (a, b) => a <= b);
        yield return Comparison<T>($"gt.{type}", bits, (a, b) => a > b);
        yield return Comparison<T>($"ge.{type}", bits, (a, b) => a >= b);
        yield return Comparison<T>($"equ.{type}", bits, (a, b) => !(a < b || a > b));
        yield return Comparison<T>($"neu.{type}", bits, (a, b) => !(a == b));
        yield return Comparison<T>($"ltu.{type}", bits, (a, b) => !(a >= b));
        yield return Comparison<T>($"leu.{type}", bits, (a, b) => !(a > b));
        yield return Comparison<T>($"gtu.{type}", bits, (a, b) => !(a <= b));
        yield return Comparison<T>($"geu.{type}", bits, (a, b) => !(a < b));
    }

    static PtxOperation Comparison<T>(string name, int bits, Func<T, T, bool> holds)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new($"setp.{name}", PtxSlots.Predicate, [bits, bits], (a, b, _) => holds(Value<T>(a), Value<T>(b)) ? 1ul : 0);

    static T Value<T>(ulong bits)
        where T : unmanaged
    {
        uint low = (uint)bits;
        return Unsafe.SizeOf<T>() == 4 ? Unsafe.BitCast<uint, T>(low) : Unsafe.BitCast<ulong, T>(bits);
    }

    static ulong Bits<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unsafe.SizeOf<T>() == 8 ? Unsafe.BitCast<T, ulong>(value)
        : T.IsNaN(value) ? CanonicalNaN
        : Unsafe.BitCast<T, uint>(value);
}
