using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>Whether a loss arises where a shock is cut at its bound; the scenario is drawn again for it, so that ordinary runs need not watch shocks.</summary>
static class ClippedShocks
{
    const double Rounding = 1e-6; // the bound in single precision

    /// <param name="scenario">Of the account's largest loss.</param>
    public static bool DecideWorstLoss(ValuationRun run, int account, int scenario)
    {
        if (run.Source is not ScenarioPlan { MaximumShock: var bounds })
        {
            return false;
        }

        int first = scenario / ValuationRun.ScenarioBlock * ValuationRun.ScenarioBlock;
        int count = Math.Min(ValuationRun.ScenarioBlock, run.EndScenario - first);
        ValuationRun block = run.Range(first - run.FirstScenario, count) with { Positions = run.Positions.Select([account]) };
        HashSet<int> held = Factors(block);
        bool clipped = false;
        new CpuBackend(threads: 1).VisitScenarios(block, (from, rows, shocks) =>
        {
            int row = scenario - from;
            if (row >= 0 && row < rows)
            {
                ReadOnlySpan<double> values = shocks.Slice(row * run.Source.Factors, run.Source.Factors);
                foreach (int factor in held)
                {
                    clipped |= Math.Abs(values[factor]) >= (1 - Rounding) * bounds[factor];
                }
            }
        });
        return clipped;
    }

    // That the account's instruments read.
    static HashSet<int> Factors(ValuationRun run)
    {
        HashSet<int> factors = [];
        foreach (int place in run.Positions.Instrument)
        {
            foreach (int row in (ReadOnlySpan<int>)[run.Instruments.UnderlyingShock[place], run.Instruments.VolatilityShock[place], run.Instruments.FxShock[place], .. run.Instruments.Surfaces[place]?.Shocks ?? []])
            {
                if (row >= 0)
                {
                    factors.Add(run.ShockRows[row].Factor);
                }
            }
        }

        return factors;
    }
}
