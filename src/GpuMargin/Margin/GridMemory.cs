namespace GpuMargin.Margin;

/// <summary>One thread's memory for the grids of books: that of thousands one behind the other would be collected again and again.</summary>
sealed class GridMemory(int factors)
{
    double[] rows = [];

    /// <summary>Per factor, 1 and up for what moves; zeros between books.</summary>
    public int[] Columns { get; } = new int[factors];

    /// <summary>Zeros.</summary>
    public Span<double> Rows(int length)
    {
        rows = rows.Length < length ? new double[length] : rows;
        Span<double> own = rows.AsSpan(0, length);
        own.Clear();
        return own;
    }
}
