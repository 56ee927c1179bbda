using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>Identities of books and of their parts.</summary>
sealed class BookNames(ClearingSet set, IReadOnlyList<NettingSet> nettingSets)
{
    readonly string[] classes = [.. set.Instruments.Select(instrument => instrument.ProductClass).Distinct()];

    public RowKey Of(Book book) => new(RowKind.Book, nettingSets[book.NettingSet].Name, Book: book.Kind switch
    {
        BookKind.Isolated => $"isolated '{set.Instruments[book.Instrument[0]].Name}' of account '{set.Accounts[book.IsolatedIn]}'",
        BookKind.WereItNetted => "as if it netted",
        _ => "",
    });

    /// <param name="number">Of the class as <see cref="InstrumentGroups"/> counts them, or of the underlying.</param>
    public RowKey Of(Book book, RowKind kind, int number) =>
        Of(book) with { Kind = kind, Part = kind == RowKind.ProductClass ? classes[number] : set.Factors[number].Name };
}
