namespace GpuMargin.Margin;

/// <summary>A book's net position under every row of liquidity.csv; memory that is used again for the next book.</summary>
/// <remarks>Arrays over all rows: a dictionary of pairs, compiled when it is first used, took longer than all the rest of a book's cost.</remarks>
sealed class NetPositions(int rows)
{
    readonly double[] size = new double[rows];
    readonly double[] worth = new double[rows];
    readonly bool[] held = new bool[rows];
    readonly int[] order = new int[rows];
    int count;

    /// <param name="quantity">Contracts or units, signed.</param>
    /// <param name="value">Run currency.</param>
    public void Add(int row, double quantity, double value)
    {
        if (!held[row])
        {
            held[row] = true;
            order[count++] = row;
        }

        size[row] += quantity;
        worth[row] += value;
    }

    /// <summary>Those with a position, ascending.</summary>
    public ReadOnlySpan<int> Rows()
    {
        Array.Sort(order, 0, count);
        return order.AsSpan(0, count);
    }

    public double Size(int row) => size[row];

    public double Worth(int row) => worth[row];

    public void Clear()
    {
        foreach (int row in order.AsSpan(0, count))
        {
            held[row] = false;
            size[row] = worth[row] = 0;
        }

        count = 0;
    }
}
