using GpuMargin.Aggregation;
using GpuMargin.Backends;

namespace GpuMargin.Margin;

/// <summary>Scenarios with shocks beyond what the valuation of an instrument was made for.</summary>
/// <remarks>The scenarios are drawn again, of runs alone that hold such instruments.</remarks>
static class ShockLimits
{
    /// <param name="factors">Names.</param>
    /// <returns>A warning per kind of limit that a scenario passed.</returns>
    public static IEnumerable<string> Warnings(ValuationRun run, IReadOnlyList<string> factors, CancellationToken cancellation)
    {
        ShockLimit[] limits = [.. ((ShockLimit[])[new FlooredPrices(run), new UncoveredPremiums(run)]).Where(limit => limit.Exists)];
        if (limits.Length == 0)
        {
            return [];
        }

        int width = run.Source.Factors;
        new CpuBackend().VisitScenarios(
            run,
            (_, rows, shocks) =>
            {
                for (int row = 0; row < rows; row++)
                {
                    foreach (ShockLimit limit in limits)
                    {
                        limit.Count(shocks.Slice(row * width, width));
                    }
                }
            },
            cancellation);
        return limits.Where(limit => limit.Scenarios > 0).Select(limit => limit.Warning(run.Scenarios, factors));
    }
}
