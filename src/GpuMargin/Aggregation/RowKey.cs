namespace GpuMargin.Aggregation;

/// <summary>What a row of a run is.</summary>
public enum RowKind
{
    /// <summary>All positions of an account.</summary>
    Account,

    /// <summary>Positions that a policy margins as one.</summary>
    Book,

    /// <summary>A book's positions of one product class.</summary>
    ProductClass,

    /// <summary>A book's positions on one underlying.</summary>
    SubBook,

    /// <summary>What is left of a row without others.</summary>
    Remainder,

    /// <summary>One instrument.</summary>
    Instrument,
}

/// <summary>The identity of a row: the same in every run, on every backend and device, in messages and in results.</summary>
/// <param name="Owner">The account, or the netting set of a book.</param>
/// <param name="Part">The product class, underlying or instrument; empty where the row is all of the book.</param>
/// <param name="Book">Which of the netting set's books; empty for the cross positions.</param>
public readonly record struct RowKey(RowKind Kind, string Owner, string Part = "", string Book = "")
{
    public static RowKey Account(string name) => new(RowKind.Account, name);

    public override string ToString() => Kind switch
    {
        RowKind.Account => $"account '{Owner}'",
        RowKind.Book => $"the book of {Whole}",
        RowKind.ProductClass => $"product class '{Part}' of {Whole}",
        RowKind.SubBook => $"the positions on '{Part}' of {Whole}",
        RowKind.Remainder => $"the rest of {Whole}",
        _ => $"instrument '{Part}' of {Whole}",
    };

    string Whole => Book.Length == 0 ? $"'{Owner}'" : $"'{Owner}', {Book}";
}
