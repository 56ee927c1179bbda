using System.Numerics;

namespace GpuMargin.Margin;

/// <summary>A book's net position under every row of liquidity.csv; memory that is used again for the next book.</summary>
/// <remarks>Arrays over all rows: a dictionary of pairs, compiled when it is first used, took longer than all the rest of a book's cost.</remarks>
sealed class NetPositions(int rows)
{
    readonly double[] size = new double[rows];
    readonly double[] worth = new double[rows];
    readonly ulong[] held = new ulong[(rows + 63) / 64]; // a bit per row
    readonly int[] order = new int[rows];

    /// <param name="quantity">Contracts or units, signed.</param>
    /// <param name="value">Run currency.</param>
    public void Add(int row, double quantity, double value)
    {
        held[row / 64] |= 1ul << row;
        size[row] += quantity;
        worth[row] += value;
    }

    /// <summary>Those with a position, ascending.</summary>
    public ReadOnlySpan<int> Rows()
    {
        int count = 0;
        for (int word = 0; word < held.Length; word++)
        {
            for (ulong left = held[word]; left != 0; left &= left - 1)
            {
                order[count++] = 64 * word + BitOperations.TrailingZeroCount(left);
            }
        }

        return order.AsSpan(0, count);
    }

    public double Size(int row) => size[row];

    public double Worth(int row) => worth[row];

    public void Clear()
    {
        foreach (int row in Rows())
        {
            size[row] = worth[row] = 0;
        }

        held.AsSpan().Clear();
    }
}
