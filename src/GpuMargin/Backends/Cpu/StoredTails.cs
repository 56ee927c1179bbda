using System.Collections;

namespace GpuMargin.Backends.Cpu;

/// <summary>The tails of a finished run, sorted and copied out when they are asked for: all of them together would take their memory twice.</summary>
/// <param name="accounts">Number of accounts.</param>
/// <param name="again">Accounts, ascending, whose tails are in another store, in this order.</param>
sealed class StoredTails(TailStore store, int accounts, int[]? again = null, TailStore? ofAgain = null) : IReadOnlyList<LossTail>
{
    public int Count => accounts;

    public LossTail this[int index]
    {
        get
        {
            int place = again is null ? -1 : Array.BinarySearch(again, index);
            return place < 0 ? store.Tail(index) : ofAgain!.Tail(place);
        }
    }

    public IEnumerator<LossTail> GetEnumerator()
    {
        for (int i = 0; i < accounts; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
