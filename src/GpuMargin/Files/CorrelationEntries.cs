namespace GpuMargin.Files;

/// <summary>Entries of correlation.csv in the order of factors.csv, as far as they were read.</summary>
sealed class CorrelationEntries
{
    public CorrelationEntries(int count)
    {
        Value = new double[count, count];
        Line = new int[count];
        System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Value[0, 0], Value.Length).Fill(double.NaN);
    }

    public int Count => Line.Length;

    /// <summary>[row's factor, column's factor]; NaN where nothing valid was read.</summary>
    public double[,] Value { get; }

    /// <summary>Line of each factor's row; 0 while there is none.</summary>
    public int[] Line { get; }

    public void Reserve(int row, int line)
    {
        if (row >= 0 && Line[row] == 0)
        {
            Line[row] = line;
        }
    }

    /// <summary>The matrix with its rounding removed: ones on the diagonal, the mean of mirrored entries beside it.</summary>
    public double[,] Symmetric()
    {
        double[,] matrix = new double[Count, Count];
        for (int i = 0; i < Count; i++)
        {
            matrix[i, i] = 1;
            for (int j = 0; j < i; j++)
            {
                matrix[i, j] = matrix[j, i] = (Value[i, j] + Value[j, i]) / 2;
            }
        }

        return matrix;
    }
}
