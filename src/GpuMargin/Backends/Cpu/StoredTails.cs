using System.Collections;

namespace GpuMargin.Backends.Cpu;

/// <summary>The tails of a finished run, sorted and copied out when they are asked for: all of them together would take their memory twice.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="again">Rows, ascending, whose tails are in another store.</param>
/// <param name="places">Where they are there.</param>
sealed class StoredTails(TailStore store, int rows, int[]? again = null, TailStore? ofAgain = null, int[]? places = null) : IReadOnlyList<LossTail>
{
    public int Count => rows;

    public LossTail this[int index] => Read(index);

    /// <summary>A tail of a run, where it was stored in the memory of another: thousands of them one behind the other would be collected again and again.</summary>
    /// <param name="memory">A tail that is no longer read and may be overwritten.</param>
    public static LossTail Read(IReadOnlyList<LossTail> tails, int index, LossTail memory) =>
        tails is StoredTails stored ? stored.Read(index, memory) : tails[index];

    /// <inheritdoc cref="Read(IReadOnlyList{LossTail}, int, LossTail)"/>
    public LossTail Read(int index, LossTail memory = default)
    {
        int place = again is null ? -1 : Array.BinarySearch(again, index);
        return place < 0 ? store.Tail(index, memory) : ofAgain!.Tail(places![place], memory);
    }

    public IEnumerator<LossTail> GetEnumerator()
    {
        for (int i = 0; i < rows; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
