using GpuMargin.Kernels;

namespace GpuMargin.Revaluation;

/// <summary>The growth rows that a plan's instruments need, numbered; row 0 holds ones.</summary>
sealed class GrowthRows
{
    const int Growths = 5;

    readonly List<int> keys = [-1]; // Growths · shock + growth, by row
    int[] rows = []; // by shock and growth; 0: none yet

    public const int Ones = 0;

    public int Count => keys.Count;

    public GrowthRow this[int row] => keys[row] < 0 ? new(-1, Growth.Up) : new(keys[row] / Growths, (Growth)(keys[row] % Growths));

    /// <summary>The row's number; the growth of nothing is the ones.</summary>
    public int Row(int shock, Growth growth)
    {
        if (shock < 0)
        {
            return Ones;
        }

        int key = Growths * shock + (int)growth;
        if (key >= rows.Length)
        {
            Array.Resize(ref rows, Math.Max(key + 1, 2 * rows.Length));
        }

        if (rows[key] == Ones)
        {
            rows[key] = keys.Count;
            keys.Add(key);
        }

        return rows[key];
    }
}
