using GpuMargin.ClearingSets;

namespace GpuMargin.Studies;

/// <summary>Who held what from when on.</summary>
/// <param name="Accounts">In order of first appearance.</param>
/// <param name="Positions">All rows of the file.</param>
/// <param name="From">By row: the time from which on the row holds; <see langword="null"/> for a fixed book.</param>
/// <remarks>The rows of an account with the same time are its whole book, which its next time replaces; a row of quantity 0 closes it.</remarks>
public sealed record DatedBook(IReadOnlyList<string> Accounts, PositionTable Positions, DateTimeOffset[]? From)
{
    /// <summary>The positions held at a time; accounts keep their places, also those that hold nothing yet.</summary>
    public PositionTable On(DateTimeOffset time)
    {
        if (From is null)
        {
            return Positions;
        }

        DateTimeOffset?[] latest = new DateTimeOffset?[Accounts.Count];
        for (int row = 0; row < Positions.Count; row++)
        {
            ref DateTimeOffset? last = ref latest[Positions.Account[row]];
            if (From[row] <= time && !(last >= From[row]))
            {
                last = From[row];
            }
        }

        int[] held = [.. Enumerable.Range(0, Positions.Count).Where(row => latest[Positions.Account[row]] == From[row])];
        return new PositionTable(
            Array.ConvertAll(held, row => Positions.Account[row]),
            Array.ConvertAll(held, row => Positions.Instrument[row]),
            Array.ConvertAll(held, row => Positions.Quantity[row]));
    }
}
