using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>Direction numbers in device memory, as kernels see them.</summary>
readonly struct DeviceDirections(ArrayView<uint> numbers) : IDirections
{
    readonly ArrayView<uint> numbers = numbers;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Direction(uint dimension, uint bit) => numbers[(int)(dimension * SobolPoint.Bits + bit)];
}

/// <summary>Random words of scrambled Sobol points by (scenario, dimension).</summary>
readonly struct SobolWords
{
    /// <summary>[dimension, bit], bits reversed.</summary>
    public required ArrayView<uint> Directions { get; init; }

    /// <summary>[dimension, key, randomisation].</summary>
    public required ArrayView<uint> Keys { get; init; }

    /// <summary>Dimensions with direction numbers; those behind are plain random words.</summary>
    public required uint Tabulated { get; init; }

    public required RandomStream Random { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UInt32x1 Word(uint s, uint dimension)
    {
        if (dimension >= Tabulated)
        {
            Random.Words(s, dimension, 0, PhiloxStreams.Surplus, out UInt32x1 surplus, out _, out _, out _);
            return surplus;
        }

        uint scenario = Random.FirstScenario + s;
        uint point = SobolPoint.Reversed(scenario >> SobolPoint.RandomizationBits, dimension, new DeviceDirections(Directions));
        int key = (int)(4 * SobolPoint.Randomizations * dimension + (scenario & (SobolPoint.Randomizations - 1)));
        return SobolPoint.Word(
            UInt32x1.Of(point),
            UInt32x1.Of(Keys[key]),
            UInt32x1.Of(Keys[key + SobolPoint.Randomizations]),
            UInt32x1.Of(Keys[key + 2 * SobolPoint.Randomizations]),
            UInt32x1.Of(Keys[key + 3 * SobolPoint.Randomizations]));
    }
}
