namespace GpuMargin.Numerics;

/// <summary>Elimination of Cholesky's factorisation by multiples of the columns before, in ascending order: every element has the bits of the plain triple loop.</summary>
/// <param name="count">Rows of the matrix.</param>
sealed class ColumnElimination(int count)
{
    readonly double[] columns = new double[count * (count + 1) / 2]; // L column by column, so that whole vectors of it are subtracted at once

    public void Eliminate(ReadOnlySpan<double> before, Span<double> row)
    {
        int i = row.Length - 1;
        int diagonal = 0;
        for (int k = 0; k < i; diagonal += count - k++)
        {
            if (k == i - 1)
            {
                columns[diagonal] = before[^1];
            }

            row[k] /= columns[diagonal];
            columns[diagonal + i - k] = row[k];
            DenseRows.SubtractMultiple(row[(k + 1)..], row[k], columns.AsSpan(diagonal + 1, i - k));
        }
    }
}
