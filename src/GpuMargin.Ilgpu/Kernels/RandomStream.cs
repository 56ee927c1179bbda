using System.Runtime.CompilerServices;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Philox words by (scenario, group, day, stream), see <see cref="PhiloxStreams"/>.</summary>
/// <param name="FirstScenario">Of the slice.</param>
readonly record struct RandomStream(uint FirstScenario, uint Key0, uint Key1)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Words(
        uint scenario, uint group, uint day, uint stream, out DeviceWord w0, out DeviceWord w1, out DeviceWord w2, out DeviceWord w3)
    {
        w0 = DeviceWord.Of(FirstScenario + scenario);
        w1 = DeviceWord.Of(group);
        w2 = DeviceWord.Of(day);
        w3 = DeviceWord.Of(stream);
        Philox.Generate(ref w0, ref w1, ref w2, ref w3, Key0, Key1);
    }
}
