using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Losses of books under the moves of stress.csv, which are for the whole margin period of risk of every class.</summary>
static class StressLosses
{
    /// <summary>Per book the largest loss over the moves, run currency, loss &gt; 0; below 0 when every move gains.</summary>
    public static double[] Largest(ClearingSet set, InstrumentPlan plan, IReadOnlyList<Book> books)
    {
        double[] largest = new double[books.Count];
        Array.Fill(largest, set.Stress.Moves.Count == 0 ? 0 : double.NegativeInfinity);
        foreach (StressMove move in set.Stress.Moves)
        {
            double[] shocks = new double[set.Factors.Count];
            foreach (FactorShock shock in move.Shocks)
            {
                shocks[shock.Factor] += shock.Shock;
            }

            double[] changes = [.. Enumerable.Range(0, set.Instruments.Count).Select(i => MovedInstruments.UnderShocks(plan, plan.PlaceOf[i], shocks))];
            Parallel.For(0, largest.Length, b =>
            {
                double sum = 0;
                for (int k = 0; k < books[b].Instrument.Length; k++)
                {
                    sum += books[b].Quantity[k] * changes[books[b].Instrument[k]];
                }

                largest[b] = Math.Max(largest[b], -sum);
            });
        }

        return largest;
    }
}
