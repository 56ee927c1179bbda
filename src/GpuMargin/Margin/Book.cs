namespace GpuMargin.Margin;

/// <summary>What is margined as one: the cross positions of a netting set, one isolated position, or a whole netting set with isolated positions as if it netted.</summary>
/// <param name="Account">The account whose positions they are, where it is one account's and nothing else's; −1 otherwise.</param>
/// <param name="Instrument">Ascending, each once.</param>
/// <param name="Quantity">Contracts, signed, none zero.</param>
sealed record Book(int NettingSet, BookKind Kind, int Account, int[] Instrument, double[] Quantity)
{
    /// <summary>Account that holds an isolated position; −1 of other books.</summary>
    public int IsolatedIn { get; init; } = -1;

    /// <summary>The book without instruments from a number on; itself where it has none.</summary>
    public Book Before(int instrument)
    {
        int count = Instrument.AsSpan().BinarySearch(instrument);
        count = count < 0 ? ~count : count;
        return count == Instrument.Length ? this : this with { Instrument = Instrument[..count], Quantity = Quantity[..count] };
    }
}

enum BookKind
{
    Cross,
    Isolated,

    /// <summary>Margined to show what isolation costs; part of no requirement.</summary>
    WereItNetted,
}
