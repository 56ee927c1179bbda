using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Losses of books under the moves of stress.csv, which are for the whole margin period of risk of every class.</summary>
sealed class StressLosses
{
    readonly double[][] changes; // [move][instrument], run currency per contract

    public StressLosses(ClearingSet set, InstrumentPlan plan)
    {
        double[][] shocks = [.. set.Stress.Moves.Select(move => Shocks(move, set.Factors.Count))];
        changes = [.. shocks.Select(_ => new double[set.Instruments.Count])];
        SideBySide.For(set.Instruments.Count, i =>
        {
            for (int move = 0; move < shocks.Length; move++)
            {
                changes[move][i] = MovedInstruments.UnderShocks(plan, plan.PlaceOf[i], shocks[move]);
            }
        });
    }

    /// <summary>Largest loss of a book over the moves, run currency, loss &gt; 0; below 0 when every move gains.</summary>
    public double Largest(Book book) => changes.Length == 0 ? 0 : changes.Max(change => Loss(book, change));

    static double[] Shocks(StressMove move, int factors)
    {
        double[] shocks = new double[factors];
        foreach (FactorShock shock in move.Shocks)
        {
            shocks[shock.Factor] += shock.Shock;
        }

        return shocks;
    }

    static double Loss(Book book, double[] changes)
    {
        double sum = 0;
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            sum += book.Quantity[k] * changes[book.Instrument[k]];
        }

        return -sum;
    }
}
