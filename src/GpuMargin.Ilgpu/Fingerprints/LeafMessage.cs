using ILGPU;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>A leaf's doubles as the message that SHA-256 takes, eight bytes after eight, padded (FIPS 180-4, 5.1.1).</summary>
/// <param name="slice">P&amp;L from the leaf's first element on, bits of doubles.</param>
/// <param name="rowStride">Elements from one account to the next.</param>
/// <param name="rows">Accounts of the leaf.</param>
/// <param name="columns">Scenarios of the leaf.</param>
readonly struct LeafMessage(ArrayView<ulong> slice, long rowStride, int rows, int columns)
{
    const int LogElementsPerBlock = 3;
    const int LogBitsPerElement = 6;

    public readonly ArrayView<ulong> Slice = slice;
    public readonly long RowStride = rowStride;
    public readonly int Columns = columns;
    public readonly int Elements = rows * columns;

    /// <summary>Blocks of eight elements with two more: one that begins the padding and one with the length in bits.</summary>
    public int Blocks => (Elements + 2 + (1 << LogElementsPerBlock) - 1) >> LogElementsPerBlock;

    /// <summary>Eight bytes, the first of them lowest.</summary>
    public ulong this[LeafPosition position]
    {
        get
        {
            bool inside = position.Element < Elements;
            ulong padding = position.Element == Elements ? 0x80ul
                : position.Element == (Blocks << LogElementsPerBlock) - 1 ? (ulong)LeafBlock.ReverseBytes((uint)Elements << LogBitsPerElement) << 32
                : 0ul;
            ulong value = Slice[inside ? position.Index : 0];
            return inside ? value : padding;
        }
    }

    public LeafPosition After(LeafPosition position)
    {
        bool rowEnds = position.Column + 1 == Columns;
        return new(
            position.Element + 1,
            rowEnds ? 0 : position.Column + 1,
            rowEnds ? position.Index + 1 + RowStride - Columns : position.Index + 1);
    }
}

/// <param name="element">Number in the message.</param>
/// <param name="column">Scenario within the leaf.</param>
/// <param name="index">Element of the leaf's slice.</param>
readonly struct LeafPosition(int element, int column, long index)
{
    public readonly int Element = element;
    public readonly int Column = column;
    public readonly long Index = index;
}
