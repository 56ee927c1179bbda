using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Scenarios;

/// <summary>The keys of one dimension's scramble in one randomisation: the Philox words of the stream <see cref="PhiloxStreams.Scramble"/>.</summary>
readonly record struct ScrambleKeys(uint Key0, uint Key1, uint Key2, uint Key3)
{
    public static ScrambleKeys Of(uint dimension, uint randomization, ulong seed)
    {
        UInt32x1 c0 = UInt32x1.Of(dimension);
        UInt32x1 c1 = UInt32x1.Of(randomization);
        UInt32x1 c2 = UInt32x1.Of(0);
        UInt32x1 c3 = UInt32x1.Of(PhiloxStreams.Scramble);
        Philox.Generate(ref c0, ref c1, ref c2, ref c3, (uint)seed, (uint)(seed >> 32));
        return new ScrambleKeys(c0.Value, c1.Value, c2.Value, c3.Value);
    }
}
