namespace GpuMargin.Aggregation;

/// <summary>Rows that are what is left of one row when others are taken off, such as a book without its worst sub-books: scenario by scenario, P&amp;L of row Of[r] less that of Less[Start[r]] … Less[Start[r + 1] − 1].</summary>
/// <remarks>Subtracted in this order in double precision. A row of its own would take as long to add up as the whole.</remarks>
/// <param name="Of">Row with positions.</param>
/// <param name="Less">Rows with positions.</param>
public sealed record RemainderRows(int[] Of, int[] Start, int[] Less)
{
    public static RemainderRows None { get; } = new([], [0], []);

    public int Count => Of.Length;

    /// <summary>The last so many rows with positions are there to be taken off alone: nobody reads their tails, and a backend may leave them empty.</summary>
    public int WithoutTails { get; init; }

    /// <summary>Identities; empty: each is the rest of its row's owner.</summary>
    public IReadOnlyList<RowKey> Keys { get; init; } = [];

    /// <param name="rows">Of the rows with positions.</param>
    internal RowKey Key(int remainder, IReadOnlyList<RowKey> rows) =>
        Keys.Count > 0 ? Keys[remainder] : rows[Of[remainder]] with { Kind = RowKind.Remainder };
}
