using ILGPU;

namespace GpuMargin.Ilgpu.Tails;

/// <summary>A group's shared memory for scanning and selecting: 1,124 bytes.</summary>
readonly struct SelectionScratch(
    ArrayView<int> histogram, ArrayView<int> sums, ArrayView<int> found, ArrayView<int> taken, ArrayView<int> kept, ArrayView<ulong> threshold)
{
    public const int Digits = 256;
    public const int DigitsPerSum = 16;
    public const int Turns = 3;

    /// <summary>Entries per digit.</summary>
    public readonly ArrayView<int> Histogram = histogram;

    /// <summary>Sums of <see cref="DigitsPerSum"/> neighbours of the histogram.</summary>
    public readonly ArrayView<int> Sums = sums;

    /// <summary>The digit looked for, entries of smaller digits, entries of this digit.</summary>
    public readonly ArrayView<int> Found = found;

    /// <summary>Entries that a step of a scan takes, steps in turn.</summary>
    public readonly ArrayView<int> Taken = taken;

    /// <summary>One element: entries moved to the front.</summary>
    public readonly ArrayView<int> Kept = kept;

    /// <summary>One element: the largest key kept.</summary>
    public readonly ArrayView<ulong> Threshold = threshold;

    public static SelectionScratch Allocate() => new(
        SharedMemory.Allocate<int>(Digits),
        SharedMemory.Allocate<int>(Digits / DigitsPerSum),
        SharedMemory.Allocate<int>(3),
        SharedMemory.Allocate<int>(Turns),
        SharedMemory.Allocate<int>(1),
        SharedMemory.Allocate<ulong>(1));
}
