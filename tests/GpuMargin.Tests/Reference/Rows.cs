namespace GpuMargin.Tests.Reference;

/// <summary>Rows and columns of rectangular arrays as copies.</summary>
public static class Rows
{
    public static double[] Row(this double[,] values, int row) =>
        [.. Enumerable.Range(0, values.GetLength(1)).Select(column => values[row, column])];

    public static double[] Column(this double[,] values, int column) =>
        [.. Enumerable.Range(0, values.GetLength(0)).Select(row => values[row, column])];
}
