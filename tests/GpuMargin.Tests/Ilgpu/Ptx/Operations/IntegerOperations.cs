using System.Numerics;
using System.Runtime.CompilerServices;
using GpuMargin.Tests.Ilgpu.Ptx.Code;

namespace GpuMargin.Tests.Ilgpu.Ptx.Operations;

/// <summary>Arithmetic and comparisons of one integer type, modulo its width.</summary>
static class IntegerOperations
{
    public static IEnumerable<PtxOperation> Of<T>(string type)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int bits = 8 * Unsafe.SizeOf<T>();
        yield return new($"add.{type}", bits, [bits, bits], (a, b, _) => Bits(Value<T>(a) + Value<T>(b)));
        yield return new($"sub.{type}", bits, [bits, bits], (a, b, _) => Bits(Value<T>(a) - Value<T>(b)));
        yield return new($"mul.lo.{type}", bits, [bits, bits], (a, b, _) => Bits(Value<T>(a) * Value<T>(b)));
        yield return new($"mad.lo.{type}", bits, [bits, bits, bits], (a, b, c) => Bits(Value<T>(a) * Value<T>(b) + Value<T>(c)));
        yield return new($"div.{type}", bits, [bits, bits], (a, b, _) => b == 0 ? throw new PtxFault("division by zero") : Bits(Value<T>(a) / Value<T>(b)));
        yield return new($"rem.{type}", bits, [bits, bits], (a, b, _) => b == 0 ? throw new PtxFault("division by zero") : Bits(Value<T>(a) % Value<T>(b)));
        yield return new($"min.{type}", bits, [bits, bits], (a, b, _) => Bits(T.Min(Value<T>(a), Value<T>(b))));
        yield return new($"max.{type}", bits, [bits, bits], (a, b, _) => Bits(T.Max(Value<T>(a), Value<T>(b))));
        yield return new($"neg.{type}", bits, [bits], (a, _, _) => Bits(-Value<T>(a)));

        // A shift of more than the width leaves copies of the sign, 0 in an unsigned type.
        yield return new($"shr.{type}", bits, [bits, 32], (a, b, _) => Bits(b < (ulong)bits ? Value<T>(a) >> (int)b : Value<T>(a) >> (bits - 1) >> 1));

        foreach (PtxOperation comparison in Comparisons<T>(type, bits))
        {
            yield return comparison;
        }
    }

    static IEnumerable<PtxOperation> Comparisons<T>(string type, int bits)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        yield return Comparison<T>($"eq.{type}", bits, (a, b) => a == b);
        yield return Comparison<T>($"ne.{type}", bits, (a, b) => a != b);
        bool signed = T.MinValue < T.Zero;
        yield return Comparison<T>($"{(signed ? "lt" : "lo")}.{type}", bits, (a, b) => a < b);
        yield return Comparison<T>($"{(signed ? "le" : "ls")}.{type}", bits, (a, b) => a <= b);
        yield return Comparison<T>($"{(signed ? "gt" : "hi")}.{type}", bits, (a, b) => a > b);
        yield return Comparison<T>($"{(signed ? "ge" : "hs")}.{type}", bits, (a, b) => a >= b);
    }

    static PtxOperation Comparison<T>(string name, int bits, Func<T, T, bool> holds)
        where T : unmanaged, IBinaryInteger<T> =>
        new($"setp.{name}", PtxSlots.Predicate, [bits, bits], (a, b, _) => holds(Value<T>(a), Value<T>(b)) ? 1ul : 0);

    static T Value<T>(ulong bits)
        where T : IBinaryInteger<T> => T.CreateTruncating(bits);

    static ulong Bits<T>(T value)
        where T : unmanaged, IBinaryInteger<T> => Unsafe.SizeOf<T>() == 4 ? uint.CreateTruncating(value) : ulong.CreateTruncating(value);
}
