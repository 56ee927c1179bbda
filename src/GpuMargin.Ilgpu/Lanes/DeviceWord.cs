using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Ilgpu.Lanes;

/// <summary>One random word on a device.</summary>
readonly struct DeviceWord : IWordLane<DeviceWord>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DeviceWord(uint value) => Value = value;

    public static int Width => 1;

    public uint Value { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceWord Of(uint x) => new(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceWord operator ^(DeviceWord a, DeviceWord b) => new(a.Value ^ b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceWord operator +(DeviceWord a, DeviceWord b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceWord operator *(DeviceWord a, DeviceWord b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceWord ReverseBits(DeviceWord a)
    {
        uint x = a.Value;
        x = ((x >> 1) & 0x55555555u) | ((x & 0x55555555u) << 1);
        x = ((x >> 2) & 0x33333333u) | ((x & 0x33333333u) << 2);
        x = ((x >> 4) & 0x0F0F0F0Fu) | ((x & 0x0F0F0F0Fu) << 4);
        x = ((x >> 8) & 0x00FF00FFu) | ((x & 0x00FF00FFu) << 8);
        return new((x >> 16) | (x << 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(DeviceWord a, uint b, out DeviceWord high, out DeviceWord low)
    {
        ulong product = (ulong)a.Value * b;
        high = new((uint)(product >> 32));
        low = new((uint)product);
    }
}
