using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Kernels;
using GpuMargin.Margin.Components;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Delta and worth of every instrument, and what they make it cost to liquidate books.</summary>
sealed class LiquidationTable
{
    readonly ClearingSet set;
    readonly LiquidityCost terms;
    readonly double[] delta; // units of the underlying per contract
    readonly double[] scale; // per row of liquidity.csv, of half spread and impact
    readonly double[] worth; // run currency per contract: delta · |level|

    public LiquidationTable(ClearingSet set, InstrumentPlan plan, LiquidityCost terms)
    {
        this.set = set;
        this.terms = terms;
        delta = new double[set.Liquidity.RowOfInstrument.Count];
        worth = new double[delta.Length];
        scale = [.. set.Liquidity.Rows.Select(Scale)];
        double leastDeviation = OptionChange.LeastDeviation(set.Settings.Precision == Precision.Mixed);
        for (int i = 0; i < delta.Length; i++)
        {
            int place = plan.PlaceOf[i];
            Instrument instrument = set.Instruments[i];
            RiskFactor underlying = set.Factors[instrument.Underlying];
            delta[i] = instrument.Type.Delta(instrument, underlying, plan.Years[place], leastDeviation);

            // The exchange rate of a coin-margined instrument is that of a unit of its underlying.
            worth[i] = delta[i] * (instrument.Type.IsInverse ? 1 : Math.Abs(underlying.Level)) * plan.FxRate[place];
        }
    }

    /// <summary>Half spread of every position and impact of every net position; simulated collateral costs nothing.</summary>
    /// <param name="net">This thread's own.</param>
    public double Cost(Book book, NetPositions net)
    {
        double cost = 0;
        for (int k = 0; k < book.Instrument.Length; k++)
        {
            int i = book.Instrument[k];
            int row = i < delta.Length ? set.Liquidity.RowOfInstrument[i] : -1;
            if (row >= 0)
            {
                LiquidityTerms market = set.Liquidity.Rows[row];
                double quantity = book.Quantity[k];
                cost += scale[row] * LiquidationCost.Spread(market, Math.Abs(quantity * worth[i]));
                net.Add(row, quantity * (market.Instrument >= 0 ? 1 : delta[i]), quantity * worth[i]);
            }
        }

        foreach (int row in net.Rows())
        {
            LiquidityTerms market = set.Liquidity.Rows[row];
            cost += scale[row] * LiquidationCost.Impact(terms, market, net.Size(row) / market.AverageDailyVolume, net.Worth(row));
        }

        net.Clear();
        return cost;
    }

    // (σ/σ of the long run)^power of the row's underlying; a factor that never moves has no other volatility in the long run.
    double Scale(LiquidityTerms row)
    {
        if (terms.VolatilityPower == 0)
        {
            return 1;
        }

        RiskFactor factor = set.Factors[row.Underlying >= 0 ? row.Underlying : set.Instruments[row.Instrument].Underlying];
        return factor.Variance == factor.LongRunVariance ? 1
            : factor.Variance == 0 ? 0
            : HostMath.Exp(terms.VolatilityPower / 2 * HostMath.Log(factor.Variance / factor.LongRunVariance));
    }
}
