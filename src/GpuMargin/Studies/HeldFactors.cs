using GpuMargin.ClearingSets;

namespace GpuMargin.Studies;

/// <summary>The price factors that the instruments of an account are written on, ascending.</summary>
static class HeldFactors
{
    /// <returns>By account, and behind them those that any account holds.</returns>
    public static int[][] Of(PositionTable positions, int accounts, IReadOnlyList<Instrument> instruments)
    {
        SortedSet<int>[] held = [.. Enumerable.Range(0, accounts + 1).Select(_ => new SortedSet<int>())];
        for (int row = 0; row < positions.Count; row++)
        {
            if (positions.Quantity[row] != 0)
            {
                int factor = instruments[positions.Instrument[row]].Underlying;
                held[positions.Account[row]].Add(factor);
                held[accounts].Add(factor);
            }
        }

        return [.. held.Select(factors => factors.ToArray())];
    }
}
