using System.Runtime.CompilerServices;
using ILGPU;

namespace GpuMargin.Ilgpu.Lanes;

/// <summary>One single-precision scenario on a device.</summary>
readonly struct DeviceFloat32 : IDeviceLane<DeviceFloat32>
{
    readonly float v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DeviceFloat32(float v) => this.v = v;

    public static int Width => 1;

    public static bool IsSingle => true;

    public static int SignificandBits => 23;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 Of(double x) => new((float)x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 operator +(DeviceFloat32 a, DeviceFloat32 b) => new(DeviceArithmetic.Add(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 operator -(DeviceFloat32 a, DeviceFloat32 b) => new(DeviceArithmetic.Subtract(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 operator -(DeviceFloat32 a) => FromBits(Bits(a) ^ 0x80000000u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 operator *(DeviceFloat32 a, DeviceFloat32 b) => new(DeviceArithmetic.Multiply(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 operator /(DeviceFloat32 a, DeviceFloat32 b) => new(DeviceArithmetic.Divide(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 Fma(DeviceFloat32 a, DeviceFloat32 b, DeviceFloat32 c) =>
        new(DeviceArithmetic.MultiplyAdd(a.v, b.v, c.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 Fnma(DeviceFloat32 a, DeviceFloat32 b, DeviceFloat32 c) => Fma(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 Sqrt(DeviceFloat32 a) => new(DeviceArithmetic.SquareRoot(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 Abs(DeviceFloat32 a) => FromBits(Bits(a) & 0x7FFFFFFFu);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 SelectGreater(DeviceFloat32 a, DeviceFloat32 b, DeviceFloat32 then, DeviceFloat32 otherwise) =>
        new(a.v > b.v ? then.v : otherwise.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 CopySign(DeviceFloat32 magnitude, DeviceFloat32 sign) =>
        FromBits((Bits(magnitude) & 0x7FFFFFFFu) | (Bits(sign) & 0x80000000u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 ScaleBits(DeviceFloat32 x, DeviceFloat32 shifted) => FromBits(Bits(x) + (Bits(shifted) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 Exponent(DeviceFloat32 x) => new((int)(Bits(x) >> 23) - 127);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 Significand(DeviceFloat32 x) => FromBits((Bits(x) & 0x007FFFFFu) | 0x3F800000u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 TruncateSignificand(DeviceFloat32 x, int kept) => FromBits(Bits(x) & (0xFFFFFFFFu << (23 - kept)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 ShiftRightBits(DeviceFloat32 x, int count) => FromBits(Bits(x) >> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 AddBits(DeviceFloat32 x, int addend) => FromBits(Bits(x) + (uint)addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(DeviceFloat32 bits) => (int)Bits(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 FromWord(uint word, out DeviceFloat32 sign)
    {
        sign = FromBits(word);
        return new((int)(word & 0x7FFFFFFFu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddTo(double sum, DeviceFloat32 addend) => DeviceArithmetic.Add(sum, (double)addend.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFloat32 FromBits(int low, int high) => FromBits((uint)low);

    public static double ToDouble(DeviceFloat32 value) => value.v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Bits(DeviceFloat32 x) => Interop.FloatAsInt(x.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static DeviceFloat32 FromBits(uint bits) => new(Interop.IntAsFloat(bits));
}
