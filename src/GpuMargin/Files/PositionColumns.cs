using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Columns of positions.csv while they grow.</summary>
/// <param name="capacity">Rows expected; exact for files without empty lines.</param>
sealed class PositionColumns(int capacity)
{
    int[] account = new int[capacity];
    int[] instrument = new int[capacity];
    double[] quantity = new double[capacity];
    int count;

    public void Add(int accountIndex, int instrumentIndex, double contracts)
    {
        if (count == quantity.Length)
        {
            Resize((2 * count) + 1);
        }

        account[count] = accountIndex;
        instrument[count] = instrumentIndex;
        quantity[count] = contracts;
        count++;
    }

    public PositionTable ToTable()
    {
        Resize(count);
        return new PositionTable(account, instrument, quantity);
    }

    void Resize(int length)
    {
        Array.Resize(ref account, length);
        Array.Resize(ref instrument, length);
        Array.Resize(ref quantity, length);
    }
}
