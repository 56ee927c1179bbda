using ILGPU;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>A leaf's doubles as the message that SHA-256 takes, eight bytes after eight, padded (FIPS 180-4, 5.1.1).</summary>
/// <param name="slice">P&amp;L from the leaf's first element on, bits of doubles.</param>
/// <param name="rowStride">Elements from one account to the next.</param>
/// <param name="rows">Accounts of the leaf.</param>
/// <param name="columns">Scenarios of the leaf.</param>
readonly struct LeafMessage(ArrayView<ulong> slice, int rowStride, int rows, int columns)
{
    public const int LogElementsPerBlock = 3;

    const int LogBitsPerElement = 6;

    public readonly ArrayView<ulong> Slice = slice;
    public readonly int Columns = columns;
    public readonly int Elements = rows * columns;

    /// <summary>Distance from a row's last element to the next row's first.</summary>
    public readonly int Gap = rowStride - columns + 1;

    /// <summary>Blocks of eight elements with two more: one that begins the padding and one with the length in bits.</summary>
    public int Blocks => (Elements + 2 + (1 << LogElementsPerBlock) - 1) >> LogElementsPerBlock;

    /// <summary>The message's length in bits as its last eight bytes, the first of them lowest.</summary>
    public ulong Length => (ulong)WordOperations.ReverseBytes((uint)Elements << LogBitsPerElement) << 32;

    /// <summary>An element; behind the last one, any.</summary>
    public ulong Load(LeafPosition position) => Slice[position.Element < Elements ? position.Index : 0];

    /// <summary>What stands at an element of the last two blocks but for <see cref="Length"/>.</summary>
    public ulong Padded(ulong value, int element)
    {
        ulong padding = element == Elements ? 0x80ul : 0ul;
        return element < Elements ? value : padding;
    }

    public LeafPosition After(LeafPosition position)
    {
        int column = position.Column + 1;
        bool rowEnds = column == Columns;
        return new(position.Element + 1, rowEnds ? 0 : column, position.Index + (rowEnds ? Gap : 1));
    }
}

/// <param name="element">Number in the message.</param>
/// <param name="column">Scenario within the leaf.</param>
/// <param name="index">Element of the leaf's slice.</param>
readonly struct LeafPosition(int element, int column, int index)
{
    public readonly int Element = element;
    public readonly int Column = column;
    public readonly int Index = index;
}
