using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Kernels;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin;

/// <summary>Scenarios that take an underlying below the value of its cash dividends, so that what it is worth without them is held at a floor.</summary>
/// <remarks>The scenarios are drawn again, of runs alone that hold instruments on such underlyings.</remarks>
static class FlooredPrices
{
    const int NamesTold = 3;

    /// <summary>One warning at most.</summary>
    public static IEnumerable<string> Of(ValuationRun run, IReadOnlyList<string> factors)
    {
        Dictionary<int, double> least = Least(run);
        if (least.Count == 0)
        {
            yield break;
        }

        int scenarios = 0;
        SortedSet<int> floored = [];
        new CpuBackend().VisitScenarios(run, (_, rows, shocks) =>
        {
            for (int row = 0; row < rows; row++)
            {
                int before = scenarios;
                foreach ((int factor, double shock) in least)
                {
                    if (shocks[row * run.Source.Factors + factor] <= shock)
                    {
                        scenarios = before + 1;
                        floored.Add(factor);
                    }
                }
            }
        });
        if (scenarios > 0)
        {
            string names = string.Join(", ", floored.Take(NamesTold).Select(factor => $"'{factors[factor]}'")) + (floored.Count > NamesTold ? ", …" : "");
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{scenarios} of {run.Scenarios} scenarios take {names} below the present value of its dividends: the price less dividends is held at {EscrowedReturn.Floor} of today's price there.");
        }
    }

    // By factor, the shock at and below which a held instrument's S* is at the floor.
    static Dictionary<int, double> Least(ValuationRun run)
    {
        Dictionary<int, double> least = [];
        InstrumentPlan plan = run.Instruments;
        if (Array.TrueForAll(plan.Gearing, gearing => gearing == 1))
        {
            return least;
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

        return least;
    }
}
