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
    public static void MultiplyWide(DeviceWord a, uint b, out DeviceWord high, out DeviceWord low)
    {
        ulong product = (ulong)a.Value * b;
        high = new((uint)(product >> 32));
        low = new((uint)product);
    }
}
