using System.Diagnostics;
using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends.Cpu;

/// <summary>Direction numbers and scramble keys of the dimensions in use.</summary>
sealed unsafe class SobolMemory : IDisposable
{
    readonly AlignedBuffer directions;
    readonly AlignedBuffer keys;

    public SobolMemory(SobolPlan plan, ulong seed)
    {
        Dimensions = plan.TabulatedDimensions;
        Dimension = plan.Dimension;
        MixingDimension = plan.MixingDimension;
        using Allocation allocation = new();
        directions = allocation.Take(new AlignedBuffer((long)plan.Directions.Length * sizeof(uint)));
        plan.Directions.CopyTo(new Span<uint>(directions.Pointer, plan.Directions.Length));
        keys = allocation.Take(new AlignedBuffer(4L * Dimensions * SobolPoint.Randomizations * sizeof(uint)));
        allocation.Complete();
        for (uint dimension = 0; dimension < (uint)Dimensions; dimension++)
        {
            uint* target = Keys(dimension);
            for (uint r = 0; r < SobolPoint.Randomizations; r++)
            {
                ScrambleKeys scramble = ScrambleKeys.Of(dimension, r, seed);
                target[r] = scramble.Key0;
                target[SobolPoint.Randomizations + r] = scramble.Key1;
                target[2 * SobolPoint.Randomizations + r] = scramble.Key2;
                target[3 * SobolPoint.Randomizations + r] = scramble.Key3;
            }
        }
    }

    /// <summary>Dimensions with direction numbers.</summary>
    public int Dimensions { get; }

    public int[] Dimension { get; }

    public int[] MixingDimension { get; }

    public HostDirections Directions => new((uint*)directions.Pointer);

    /// <summary>[key, randomisation] of a dimension.</summary>
    public uint* Keys(uint dimension)
    {
        Debug.Assert(dimension < (uint)Dimensions, $"Dimension {dimension} of {Dimensions}.");
        return (uint*)keys.Pointer + 4 * SobolPoint.Randomizations * (nint)dimension;
    }

    public void Dispose()
    {
        directions.Dispose();
        keys.Dispose();
    }
}

/// <summary>Direction numbers in memory, as kernels see them.</summary>
readonly unsafe struct HostDirections(uint* numbers) : IDirections
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Direction(uint dimension, uint bit) => numbers[(nint)dimension * SobolPoint.Bits + (nint)bit];
}
