using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>What splitting reads of the instruments.</summary>
/// <param name="Class">Per instrument a number of its product class.</param>
/// <param name="Up">P&amp;L per contract when the underlying alone moves by +3 standard deviations of the horizon; empty where it is not asked for, as is Down.</param>
sealed record ScreenedInstruments(int[] Class, int Classes, int[] Underlying, int Factors, double[] Up, double[] Down)
{
    /// <summary>Largest price move of the screen for the worst sub-books, in standard deviations of the horizon: about the expected shortfall of a normal variate at 99.5 %.</summary>
    const double ScreenDeviations = 3;

    /// <param name="screens">Whether sub-books are screened.</param>
    public static ScreenedInstruments Of(ClearingSet set, InstrumentPlan plan, bool screens)
    {
        Dictionary<string, int> classes = [];
        int[] own = new int[set.Instruments.Count];
        for (int i = 0; i < own.Length; i++)
        {
            if (!classes.TryGetValue(set.Instruments[i].ProductClass, out own[i]))
            {
                own[i] = classes[set.Instruments[i].ProductClass] = classes.Count;
            }
        }

        (double[] up, double[] down) = screens ? Screen(set, plan) : ([], []);
        return new ScreenedInstruments(
            own,
            classes.Count,
            [.. set.Instruments.Select(instrument => instrument.Underlying)],
            set.Factors.Count,
            up,
            down);
    }

    static (double[] Up, double[] Down) Screen(ClearingSet set, InstrumentPlan plan)
    {
        double[] up = new double[set.Instruments.Count], down = new double[set.Instruments.Count];
        double[] shocks = new double[set.Factors.Count];
        for (int i = 0; i < up.Length; i++)
        {
            int underlying = set.Instruments[i].Underlying;
            double move = ScreenDeviations * Math.Sqrt(set.Factors[underlying].Variance * set.Settings.HorizonDays);
            shocks[underlying] = move;
            up[i] = MovedInstruments.UnderShocks(plan, plan.PlaceOf[i], shocks);
            shocks[underlying] = -move;
            down[i] = MovedInstruments.UnderShocks(plan, plan.PlaceOf[i], shocks);
            shocks[underlying] = 0;
        }

        return (up, down);
    }
}
