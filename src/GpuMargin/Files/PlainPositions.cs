using System.Numerics;
using System.Runtime.CompilerServices;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Files;

/// <summary>The rows of a positions.csv without anything unusual, read in pieces on all cores.</summary>
/// <remarks>
/// It declines a file, without a word, that holds a quote, an empty line, a row without exactly three cells, a name that is
/// unknown or that <see cref="NameRule"/> refuses, or a quantity that is no number: the library's reader reads such a file from
/// the start and words its faults. What is read here is what the library would have read. Own code because this one file decides the time to read:
/// a million rows take a tenth of the library's time on two cores.
/// </remarks>
static unsafe class PlainPositions
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
        return SideBySide.All(pieces.Count, index => pieces[index].TryRead(order, instruments, table), cancellation) ? (Renumber(pieces, table), table) : null;
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

    /// <summary>Numbers of the file for each piece's own: accounts in order of first appearance.</summary>
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
            if (text.Span.Contains((byte)'"'))
            {
                return false;
            }

            Span<int> accountColumn = table.Account.AsSpan(firstRow, Rows), instrumentColumn = table.Instrument.AsSpan(firstRow, Rows);
            Span<double> quantityColumn = table.Quantity.AsSpan(firstRow, Rows);
            Cell* row = stackalloc Cell[Row.Cells];
            Cell last = default;
            int account = -1;
            fixed (byte* start = text.Span)
            {
                byte* rest = start;
                byte* end = start + text.Length;
                for (int at = 0; at < quantityColumn.Length; at++)
                {
                    if (!Row.TrySplit(ref rest, end, row))
                    {
                        return false;
                    }

                    Cell name = row[order.Account];
                    if (account < 0 || !name.SameAs(last))
                    {
                        if (name.Length > LongestCell || (Accounts.Add(name.Text, out account) && NameRule.Breach(Accounts.Names[account]) is not null))
                        {
                            return false;
                        }

                        last = name;
                    }

                    Cell held = row[order.Instrument];
                    if (held.Length == 0 || held.Length > LongestCell || (instrumentColumn[at] = instruments.IndexOf(held.Start, held.Length)) < 0)
                    {
                        return false;
                    }

                    Cell quantity = row[order.Quantity];
                    if (!PlainNumber.TryRead(quantity.Start, quantity.Length, out quantityColumn[at])
                        && (quantity.Length > LongestCell || !NumberText.TryRead(quantity.Text, out quantityColumn[at])))
                    {
                        return false;
                    }

                    accountColumn[at] = account;
                }
            }

            return true;
        }
    }

    readonly struct Cell(byte* start, int length)
    {
        public byte* Start => start;

        public int Length => length;

        public ReadOnlySpan<byte> Text => new(start, length);

        public bool SameAs(Cell other)
        {
            if (length != other.Length)
            {
                return false;
            }

            int at = 0;
            while (at < length && start[at] == other.Start[at])
            {
                at++;
            }

            return at == length;
        }
    }

    static class Row
    {
        public const int Cells = 3;

        /// <summary>Takes the next line off the text. A carriage return is part of the line's end only; elsewhere no name and no number holds one.</summary>
        /// <returns>False for a line that has not three cells.</returns>
        public static bool TrySplit(ref byte* rest, byte* end, Cell* cells)
        {
            for (int cell = 0; cell < Cells - 1; cell++)
            {
                byte* comma = EndOfCell(rest, end);
                if (comma == end || *comma != ',')
                {
                    return false;
                }

                cells[cell] = new(rest, (int)(comma - rest));
                rest = comma + 1;
            }

            byte* last = EndOfCell(rest, end);
            if (last < end && *last == ',')
            {
                return false;
            }

            int length = (int)(last - rest);
            cells[Cells - 1] = new(rest, length > 0 && rest[length - 1] == '\r' ? length - 1 : length);
            rest = last == end ? end : last + 1;
            return true;
        }

        // Eight bytes at a time: a byte of the word is a comma or a line's end where its difference from that is zero.
        static byte* EndOfCell(byte* at, byte* end)
        {
            for (; BitConverter.IsLittleEndian && end - at >= sizeof(ulong); at += sizeof(ulong))
            {
                ulong word = Unsafe.ReadUnaligned<ulong>(at);
                ulong found = LowestZero(word ^ (EachByte * ',')) | LowestZero(word ^ (EachByte * '\n'));
                if (found != 0)
                {
                    return at + BitOperations.TrailingZeroCount(found) / 8;
                }
            }

            while (at < end && *at != ',' && *at != '\n')
            {
                at++;
            }

            return at;
        }

        const ulong EachByte = 0x0101010101010101;

        // The high bit of the lowest byte that is zero; bits above it may be set too.
        static ulong LowestZero(ulong word) => (word - EachByte) & ~word & (EachByte * 0x80);
    }
}
