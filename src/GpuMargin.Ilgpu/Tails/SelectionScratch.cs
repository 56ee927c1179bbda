using ILGPU;

namespace GpuMargin.Ilgpu.Tails;

/// <summary>A group's shared memory for selecting: 1,116 bytes.</summary>
readonly struct SelectionScratch(ArrayView<int> histogram, ArrayView<int> sums, ArrayView<int> found, ArrayView<int> kept, ArrayView<ulong> threshold)
{
    public const int Digits = 256;
    public const int DigitsPerSum = 16;

    /// <summary>Entries per digit.</summary>
    public readonly ArrayView<int> Histogram = histogram;

    /// <summary>Sums of <see cref="DigitsPerSum"/> neighbours of the histogram.</summary>
    public readonly ArrayView<int> Sums = sums;

    /// <summary>The digit looked for, entries of smaller digits, entries of this digit.</summary>
    public readonly ArrayView<int> Found = found;

    /// <summary>One element: entries in the account's row.</summary>
    public readonly ArrayView<int> Kept = kept;

    /// <summary>One element: the largest key kept.</summary>
    public readonly ArrayView<ulong> Threshold = threshold;

    public static SelectionScratch Allocate() => new(
        SharedMemory.Allocate<int>(Digits),
        SharedMemory.Allocate<int>(Digits / DigitsPerSum),
        SharedMemory.Allocate<int>(3),
        SharedMemory.Allocate<int>(1),
        SharedMemory.Allocate<ulong>(1));
}
