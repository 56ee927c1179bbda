using GpuMargin.ClearingSets;
using GpuMargin.Kernels;

namespace GpuMargin.Revaluation;

/// <summary>The growth rows that a plan's instruments need, numbered; row 0 holds ones.</summary>
sealed class GrowthRows
{
    const int Growths = 5; // without a gearing

    readonly List<GrowthRow> all = [new(-1, Growth.Up)]; // by row
    readonly List<double> gearings = [1];
    readonly Dictionary<(int Shock, Growth Growth, double Gearing), int> geared = [];
    readonly Dictionary<RateMove, int> blends = [];
    int[] rows = []; // by shock and growth; 0: none yet

    public const int Ones = 0;

    public int Count => all.Count;

    public GrowthRow this[int row] => all[row];

    /// <summary>S/S* of the row of an escrowed growth; 1 of the others.</summary>
    public double Gearing(int row) => gearings[row];

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
            rows[key] = Add(new GrowthRow(shock, growth), 1);
        }

        return rows[key];
    }

    /// <summary>The row of an escrowed growth, one for all instruments with an equal gearing.</summary>
    public int Row(int shock, Growth growth, double gearing)
    {
        if (!geared.TryGetValue((shock, growth, gearing), out int row))
        {
            geared[(shock, growth, gearing)] = row = Add(new GrowthRow(shock, growth), gearing);
        }

        return row;
    }

    /// <summary>The row with the change of a rate, of a plan's shocks.</summary>
    public int Row(RateMove move)
    {
        if (move == RateMove.Of(move.First))
        {
            return Row(move.First, Growth.Move);
        }

        if (!blends.TryGetValue(move, out int row))
        {
            blends[move] = row = Add(new GrowthRow(move.First, Growth.Blend, move.Weight, move.Second, move.SecondWeight), 1);
        }

        return row;
    }

    int Add(GrowthRow row, double gearing)
    {
        all.Add(row);
        gearings.Add(gearing);
        return all.Count - 1;
    }
}
