using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Philox words by (scenario, group, day, stream).</summary>
readonly struct RandomStream
{
    public required uint FirstScenario { get; init; }

    public required uint Day { get; init; }

    /// <summary>0 normals, 1 mixing.</summary>
    public required uint Stream { get; init; }

    public required uint Key0 { get; init; }

    public required uint Key1 { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Words(uint scenario, uint group, out DeviceWord w0, out DeviceWord w1, out DeviceWord w2, out DeviceWord w3)
    {
        w0 = DeviceWord.Of(FirstScenario + scenario);
        w1 = DeviceWord.Of(group);
        w2 = DeviceWord.Of(Day);
        w3 = DeviceWord.Of(Stream);
        Philox.Generate(ref w0, ref w1, ref w2, ref w3, Key0, Key1);
    }
}
