using ILGPU;

namespace GpuMargin.Ilgpu.Tails;

/// <summary>What the device keeps between slices.</summary>
/// <param name="keys">[account, capacity], see <see cref="LossOrder"/>; the first <paramref name="counts"/> of a row hold.</param>
/// <param name="scenarios">The scenario of each key.</param>
/// <param name="counts">[account].</param>
/// <param name="thresholds">[account]: a later scenario belongs to the tail only if its key is below.</param>
/// <param name="nonFinite">One element: the smallest scenario · accounts + account whose P&amp;L is not finite, else all bits.</param>
/// <param name="capacity">Room of an account: at least its tail and what a group reads at once.</param>
/// <param name="length">Losses in a full tail.</param>
readonly struct TailView(
    ArrayView<ulong> keys,
    ArrayView<int> scenarios,
    ArrayView<int> counts,
    ArrayView<ulong> thresholds,
    ArrayView<ulong> nonFinite,
    int capacity,
    int length)
{
    public readonly ArrayView<ulong> Keys = keys;
    public readonly ArrayView<int> Scenarios = scenarios;
    public readonly ArrayView<int> Counts = counts;
    public readonly ArrayView<ulong> Thresholds = thresholds;
    public readonly ArrayView<ulong> NonFinite = nonFinite;
    public readonly int Capacity = capacity;
    public readonly int Length = length;

    /// <summary>An account's entries.</summary>
    public TailRow Row(int account) => new(
        Keys.SubView((long)account * Capacity, Capacity),
        Scenarios.SubView((long)account * Capacity, Capacity));
}

/// <summary>Entries of one account, in device or in shared memory.</summary>
readonly struct TailRow(ArrayView<ulong> keys, ArrayView<int> scenarios)
{
    public readonly ArrayView<ulong> Keys = keys;
    public readonly ArrayView<int> Scenarios = scenarios;
}
