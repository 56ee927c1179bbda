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
/// <param name="Part">The product class, underlying or instrument; empty where the row is all that the owner has.</param>
public readonly record struct RowKey(RowKind Kind, string Owner, string Part = "")
{
    public static RowKey Account(string name) => new(RowKind.Account, name);

    public override string ToString() => Kind switch
    {
        RowKind.Account => $"account '{Owner}'",
        RowKind.Book => Part.Length == 0 ? $"the book of '{Owner}'" : $"the book of '{Owner}', {Part}",
        RowKind.ProductClass => $"product class '{Part}' of '{Owner}'",
        RowKind.SubBook => $"the positions of '{Owner}' on '{Part}'",
        RowKind.Remainder => $"the rest of '{Owner}'{(Part.Length == 0 ? "" : $" in '{Part}'")}",
        _ => $"instrument '{Part}' of '{Owner}'",
    };
}
