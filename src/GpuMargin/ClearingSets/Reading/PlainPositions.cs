namespace GpuMargin.ClearingSets.Reading;

/// <summary>The rows of a positions.csv without anything unusual, read in pieces on all cores.</summary>
/// <remarks>
/// It declines a file, without a word, that holds a quote, an empty line, a row without exactly three cells, a name that is
/// unknown or that <see cref="NameRule"/> refuses, or a quantity that is no number: the library's reader reads such a file from
/// the start and words its faults. What is read here is what the library would have read. Own code because this one file decides the time to read:
/// a million rows take a tenth of the library's time on two cores.
/// </remarks>
static class PlainPositions
{
    /// <summary>Large enough that a piece's own names cost nothing, small enough to share the rows of a file evenly.</summary>
    public const int PieceBytes = 1 << 20;

    // What the library does with rows beyond its buffer is its own business.
    const int LongestCell = 1024;

    /// <param name="text">The whole file; its first line is the header.</param>
    /// <param name="order">Places of account, instrument and quantity in a row.</param>
    /// <returns><see langword="null"/> when the file is declined.</returns>
    public static (NameTable Accounts, PositionTable Positions)? TryRead(
        ReadOnlyMemory<byte> text, (int Account, int Instrument, int Quantity) order, NameTable instruments, int pieceBytes, CancellationToken cancellation)
    {
        int header = text.Span.IndexOf((byte)'\n');
        if (header < 0 || text.Span[..header].TrimEnd((byte)'\r').IndexOfAny((byte)'"', (byte)'\r') >= 0)
        {
            return null;
        }

        List<Piece> pieces = Pieces(text[(header + 1)..], pieceBytes);
        int rows = pieces.Sum(piece => piece.Rows);
        if (rows == 0)
        {
            return null;
        }

        PositionTable table = new(
            GC.AllocateUninitializedArray<int>(rows), GC.AllocateUninitializedArray<int>(rows), GC.AllocateUninitializedArray<double>(rows));
        ParallelLoopResult read = Parallel.For(0, pieces.Count, new ParallelOptions { CancellationToken = cancellation }, (index, loop) =>
        {
            if (!pieces[index].TryRead(order, instruments, table))
            {
                loop.Stop();
            }
        });
        return read.IsCompleted ? (Renumber(pieces, table), table) : null;
    }

    static List<Piece> Pieces(ReadOnlyMemory<byte> text, int pieceBytes)
    {
        List<Piece> pieces = [];
        for (int firstRow = 0; !text.IsEmpty;)
        {
            int end = text.Length;
            if (pieceBytes < end && text.Span[(pieceBytes - 1)..].IndexOf((byte)'\n') is var more and >= 0)
            {
                end = pieceBytes + more;
            }

            Piece piece = new(text[..end], firstRow);
            pieces.Add(piece);
            firstRow += piece.Rows;
            text = text[end..];
        }

        return pieces;
    }

    /// <summary>From each piece's own numbers to those of the file: accounts in order of first appearance.</summary>
    static NameTable Renumber(List<Piece> pieces, PositionTable table)
    {
        NameTable accounts = new();
        foreach (Piece piece in pieces)
        {
            int[] place = [.. piece.Accounts.Names.Select(accounts.Add)];
            foreach (ref int account in table.Account.AsSpan(piece.FirstRow, piece.Rows))
            {
                account = place[account];
            }
        }

        return accounts;
    }

    /// <summary>Whole rows.</summary>
    sealed class Piece(ReadOnlyMemory<byte> text, int firstRow)
    {
        public int FirstRow => firstRow;

        public int Rows { get; } = text.Span.Count((byte)'\n') + (text.Span[^1] == '\n' ? 0 : 1);

        public NameTable Accounts { get; } = new();

        public bool TryRead((int Account, int Instrument, int Quantity) order, NameTable instruments, PositionTable table)
        {
            ReadOnlySpan<byte> rest = text.Span;
            if (rest.Contains((byte)'"'))
            {
                return false;
            }

            Span<int> accountColumn = table.Account.AsSpan(firstRow, Rows), instrumentColumn = table.Instrument.AsSpan(firstRow, Rows);
            Span<double> quantityColumn = table.Quantity.AsSpan(firstRow, Rows);
            Row row = default;
            ReadOnlySpan<byte> last = default;
            int account = -1;
            for (int at = 0; at < quantityColumn.Length; at++)
            {
                if (!row.TrySplit(ref rest))
                {
                    return false;
                }

                ReadOnlySpan<byte> name = row[order.Account];
                if (account < 0 || !name.SequenceEqual(last))
                {
                    if (name.Length > LongestCell || (Accounts.Add(name, out account) && NameRule.Breach(Accounts.Names[account]) is not null))
                    {
                        return false;
                    }

                    last = name;
                }

                ReadOnlySpan<byte> held = row[order.Instrument];
                if (held.IsEmpty || held.Length > LongestCell || (instrumentColumn[at] = instruments.IndexOf(held)) < 0)
                {
                    return false;
                }

                ReadOnlySpan<byte> quantity = row[order.Quantity];
                if (quantity.Length > LongestCell || !NumberText.TryRead(quantity, out quantityColumn[at]))
                {
                    return false;
                }

                accountColumn[at] = account;
            }

            return true;
        }
    }

    /// <summary>Three cells of one line.</summary>
    ref struct Row
    {
        ReadOnlySpan<byte> first;
        ReadOnlySpan<byte> second;
        ReadOnlySpan<byte> third;

        public readonly ReadOnlySpan<byte> this[int cell] => cell switch { 0 => first, 1 => second, _ => third };

        /// <summary>Takes the next line off the text. A carriage return is part of the line's end only; elsewhere no name and no number holds one.</summary>
        public bool TrySplit(scoped ref ReadOnlySpan<byte> rest)
        {
            if (!TryTake(ref rest, out first) || !TryTake(ref rest, out second))
            {
                return false;
            }

            int end = rest.IndexOfAny((byte)',', (byte)'\n');
            if (end >= 0 && rest[end] == ',')
            {
                return false;
            }

            third = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (third is [.., (byte)'\r'])
            {
                third = third[..^1];
            }

            return true;
        }

        static bool TryTake(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> cell)
        {
            int end = rest.IndexOfAny((byte)',', (byte)'\n');
            if (end < 0 || rest[end] != ',')
            {
                cell = default;
                return false;
            }

            cell = rest[..end];
            rest = rest[(end + 1)..];
            return true;
        }
    }
}
