using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Philox words by (scenario, group, day, stream), see <see cref="PhiloxStreams"/>.</summary>
/// <param name="FirstScenario">Of the slice.</param>
readonly record struct RandomStream(uint FirstScenario, uint Key0, uint Key1)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Words(
        uint scenario, uint group, uint day, uint stream, out UInt32x1 w0, out UInt32x1 w1, out UInt32x1 w2, out UInt32x1 w3)
    {
        w0 = UInt32x1.Of(FirstScenario + scenario);
        w1 = UInt32x1.Of(group);
        w2 = UInt32x1.Of(day);
        w3 = UInt32x1.Of(stream);
        Philox.Generate(ref w0, ref w1, ref w2, ref w3, Key0, Key1);
    }
}
