using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Reference;

/// <summary>Account totals of a clearing set by plain loops.</summary>
public static class ReferencePortfolio
{
    /// <param name="shocks">[scenario, factor] at the horizon, factors in file order.</param>
    /// <returns>[account, scenario], run currency, gain &gt; 0.</returns>
    public static double[,] ProfitAndLoss(ClearingSet set, double[,] shocks)
    {
        ReferenceValuation valuation = new(set);
        double[][] rows = [.. Enumerable.Range(0, shocks.GetLength(0)).Select(s => shocks.Row(s))];
        return Totals(set, rows.Length, (i, s) => valuation.ProfitAndLoss(i, rows[s]));
    }

    /// <summary>Totals at the end of paths, on which instruments expire.</summary>
    /// <param name="path">Per day [scenario, factor].</param>
    /// <returns>[account, scenario], run currency, gain &gt; 0.</returns>
    public static double[,] ProfitAndLoss(ClearingSet set, IReadOnlyList<double[,]> path)
    {
        ReferenceValuation valuation = new(set);
        double[][][] rows = [.. Enumerable.Range(0, path[0].GetLength(0)).Select(s => path.Select(day => day.Row(s)).ToArray())];
        return Totals(set, rows.Length, (i, s) => valuation.ProfitAndLoss(i, rows[s], path.Count));
    }

    static double[,] Totals(ClearingSet set, int scenarios, Func<int, int, double> profitAndLoss)
    {
        double[,] total = new double[set.Accounts.Count, scenarios];
        double[] perContract = new double[set.Instruments.Count];
        for (int s = 0; s < scenarios; s++)
        {
            for (int i = 0; i < perContract.Length; i++)
            {
                perContract[i] = profitAndLoss(i, s);
            }

            for (int p = 0; p < set.Positions.Count; p++)
            {
                total[set.Positions.Account[p], s] += set.Positions.Quantity[p] * perContract[set.Positions.Instrument[p]];
            }
        }
        return total;
    }

    /// <summary>Today's value of what each account holds, run currency; futures and perpetuals count zero.</summary>
    public static double[] Values(ClearingSet set)
    {
        ReferenceValuation valuation = new(set);
        double[] values = new double[set.Accounts.Count];
        for (int p = 0; p < set.Positions.Count; p++)
        {
            values[set.Positions.Account[p]] += set.Positions.Quantity[p] * valuation.ValueTodayInRunCurrency(set.Positions.Instrument[p]);
        }

        return values;
    }

    /// <summary>Σ |net quantity|·notional per contract, run currency: the scale that a rounding error of an account's P&amp;L is measured by.</summary>
    public static double[] GrossNotionals(ClearingSet set)
    {
        ReferenceValuation valuation = new(set);
        double[,] net = new double[set.Accounts.Count, set.Instruments.Count];
        for (int p = 0; p < set.Positions.Count; p++)
        {
            net[set.Positions.Account[p], set.Positions.Instrument[p]] += set.Positions.Quantity[p];
        }

        double[] gross = new double[set.Accounts.Count];
        for (int a = 0; a < gross.Length; a++)
        {
            for (int i = 0; i < set.Instruments.Count; i++)
            {
                gross[a] += Math.Abs(net[a, i]) * valuation.Notional(i);
            }
        }

        return gross;
    }
}
