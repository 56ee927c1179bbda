using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.Kernels;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Prices below the value of their cash dividends, so that what they are worth without them is held at a floor.</summary>
sealed class FlooredPrices : ShockLimit
{
    readonly Dictionary<int, double> least = []; // by factor, the shock at and below which a held instrument's S* is at the floor

    public FlooredPrices(ValuationRun run)
    {
        InstrumentPlan plan = run.Instruments;
        if (Array.TrueForAll(plan.Gearing, gearing => gearing == 1))
        {
            return;
        }

        foreach (int place in run.Positions.Instrument)
        {
            double gearing = plan.Gearing[place];
            if (gearing != 1 && (plan.IsOption[place] || plan.RateShock[place] >= 0))
            {
                int factor = plan.Shocks[plan.UnderlyingShock[place]].Factor;
                double shock = HostMath.Log(1 - 1 / gearing + EscrowedReturn.Floor);
                least[factor] = Math.Max(shock, least.GetValueOrDefault(factor, double.NegativeInfinity));
            }
        }
    }

    public override bool Exists => least.Count > 0;

    public override string Warning(int scenarios, IReadOnlyList<string> factors) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scenarios} of {scenarios} scenarios take {Names(factors)} below the present value of its dividends: the price less dividends is held at {EscrowedReturn.Floor} of today's price there.");

    protected override bool Find(ReadOnlySpan<double> shocks, ISet<int> beyond)
    {
        bool found = false;
        foreach ((int factor, double shock) in least)
        {
            if (shocks[factor] <= shock)
            {
                found = true;
                beyond.Add(factor);
            }
        }

        return found;
    }
}
