using System.Runtime.CompilerServices;
using ILGPU;

namespace GpuMargin.Ilgpu.Lanes;

/// <summary>One double-precision scenario on a device.</summary>
readonly struct DeviceFloat64 : IDeviceLane<DeviceFloat64>
{
    readonly double v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DeviceFloat64(double v) => this.v = v;

    public static int Width => 1;

    public static bool IsSingle => false;

    public static int SignificandBits => 52;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 Of(double x) => new(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 operator +(DeviceFloat64 a, DeviceFloat64 b) => new(DeviceArithmetic.Add(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 operator -(DeviceFloat64 a, DeviceFloat64 b) => new(DeviceArithmetic.Subtract(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 operator -(DeviceFloat64 a) => FromBits(Bits(a) ^ 0x8000000000000000ul);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 operator *(DeviceFloat64 a, DeviceFloat64 b) => new(DeviceArithmetic.Multiply(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 operator /(DeviceFloat64 a, DeviceFloat64 b) => new(DeviceArithmetic.Divide(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 Fma(DeviceFloat64 a, DeviceFloat64 b, DeviceFloat64 c) =>
        new(DeviceArithmetic.MultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 Fnma(DeviceFloat64 a, DeviceFloat64 b, DeviceFloat64 c) => Fma(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 Sqrt(DeviceFloat64 a) => new(DeviceArithmetic.SquareRoot(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 Abs(DeviceFloat64 a) => FromBits(Bits(a) & 0x7FFFFFFFFFFFFFFFul);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 SelectGreater(DeviceFloat64 a, DeviceFloat64 b, DeviceFloat64 then, DeviceFloat64 otherwise) =>
        new(a.v > b.v ? then.v : otherwise.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 CopySign(DeviceFloat64 magnitude, DeviceFloat64 sign) =>
        FromBits((Bits(magnitude) & 0x7FFFFFFFFFFFFFFFul) | (Bits(sign) & 0x8000000000000000ul));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 ScaleBits(DeviceFloat64 x, DeviceFloat64 shifted) => FromBits(Bits(x) + (Bits(shifted) << 52));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 Exponent(DeviceFloat64 x) => new((int)(Bits(x) >> 52) - 1023);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 Significand(DeviceFloat64 x) => FromBits((Bits(x) & 0x000FFFFFFFFFFFFFul) | 0x3FF0000000000000ul);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 TruncateSignificand(DeviceFloat64 x, int kept) => FromBits(Bits(x) & (0xFFFFFFFFFFFFFFFFul << (52 - kept)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 ShiftRightBits(DeviceFloat64 x, int count) => FromBits(Bits(x) >> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 AddBits(DeviceFloat64 x, int addend) => FromBits(Bits(x) + (ulong)addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(DeviceFloat64 bits) => (int)(uint)Bits(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 FromWord(uint word, out DeviceFloat64 sign)
    {
        sign = FromBits((ulong)word << 32);
        return new((int)(word & 0x7FFFFFFFu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddTo(double sum, DeviceFloat64 addend) => DeviceArithmetic.Add(sum, addend.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat64 FromBits(int low, int high) => FromBits(((ulong)(uint)high << 32) | (uint)low);

    public static double ToDouble(DeviceFloat64 value) => value.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Bits(DeviceFloat64 x) => Interop.FloatAsInt(x.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static DeviceFloat64 FromBits(ulong bits) => new(Interop.IntAsFloat(bits));
}
