using GpuMargin.Aggregation;
using GpuMargin.Revaluation;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>What a row can lose at most: who only holds, and owes nothing, loses no more than today's value.</summary>
static class LossBounds
{
    /// <returns>Run currency; +∞ where a position is short or settled, or its price may fall below zero.</returns>
    public static double Of(PositionRows positions, InstrumentPlan instruments, int row)
    {
        if (row >= positions.Accounts)
        {
            return double.PositiveInfinity;
        }

        double value = 0;
        for (int k = positions.Start[row]; k < positions.Start[row + 1]; k++)
        {
            int place = positions.Instrument[k];
            if (!(positions.Quantity[k] > 0 && instruments.Type[place].IsHeld && (instruments.IsOption[place] || !instruments.Additive[place])))
            {
                return double.PositiveInfinity;
            }

            value += positions.Quantity[k] * (instruments.HeldValue[place] * instruments.FxRate[place]);
        }

        return value;
    }

    /// <summary>The estimate where losses end at a bound.</summary>
    public static Estimate AtMost(this Estimate estimate, double bound) => estimate.High <= bound && estimate.Value <= bound
        ? estimate
        : new Estimate(Math.Min(estimate.Value, bound), Math.Min(estimate.Low, bound), Math.Min(estimate.High, bound));
}
