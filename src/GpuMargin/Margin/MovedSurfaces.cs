using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation.Surfaces;

namespace GpuMargin.Margin;

/// <summary>Arbitrage of moved surfaces in the scenarios of tails, which are drawn again, of runs alone with smiles that something moves.</summary>
static class MovedSurfaces
{
    /// <param name="run">Of the accounts.</param>
    /// <param name="tails">Of each account.</param>
    /// <param name="most">Scenarios of a tail.</param>
    /// <returns>In order of the instruments; <see langword="null"/>: there are no such surfaces.</returns>
    public static IReadOnlyList<MovedSurface>? Of(ClearingSet set, ValuationRun run, IReadOnlyList<LossTail> tails, int most, CancellationToken cancellation)
    {
        (VolatilitySurface Surface, int Underlying)[] moved =
        [
            .. set.Instruments.Where(instrument => instrument.Surface is { Smiles.Count: > 0 } surface && surface.Pivots.Count + surface.Stickiness > 0)
                .Select(instrument => (instrument.Surface!, instrument.Underlying)).DistinctBy(pair => (pair.Item1.Name, pair.Underlying)),
        ];
        if (moved.Length == 0)
        {
            return null;
        }

        Dictionary<(string, int), int> numbers = moved.Select((pair, i) => (pair, i)).ToDictionary(entry => (entry.pair.Surface.Name, entry.pair.Underlying), entry => entry.i);
        int[] surfaceOf =
        [
            .. set.Instruments.Select(instrument => instrument.Surface is { } surface ? numbers.GetValueOrDefault((surface.Name, instrument.Underlying), -1) : -1),
        ];
        int[][] scenarios = CommonTails.Of(set.Positions, surfaceOf, moved.Length, tails, most, run.EndScenario, cancellation);
        Dictionary<int, double[]> shocks = Shocks(run, [.. scenarios.SelectMany(some => some)], cancellation);
        int[] found = new int[moved.Length];
        SideBySide.For(
            moved.Length,
            i =>
            {
                SurfaceGrid grid = new(moved[i].Surface, moved[i].Underlying);
                found[i] = scenarios[i].Count(scenario => grid.HasArbitrage(shocks[scenario]));
            },
            cancellation: cancellation);
        return [.. moved.Select((pair, i) => new MovedSurface(pair.Surface.Name, set.Factors[pair.Underlying].Name, scenarios[i].Length, found[i]))];
    }

    // Per factor.
    static Dictionary<int, double[]> Shocks(ValuationRun run, HashSet<int> scenarios, CancellationToken cancellation)
    {
        Dictionary<int, double[]> shocks = [];
        int factors = run.Source.Factors;
        new CpuBackend().VisitScenarios(
            run with { Positions = run.Positions.Select([]) },
            (first, rows) => Enumerable.Range(first, rows).Any(scenarios.Contains),
            (first, rows, values) =>
            {
                for (int row = 0; row < rows; row++)
                {
                    if (scenarios.Contains(first + row))
                    {
                        shocks[first + row] = values.Slice(row * factors, factors).ToArray();
                    }
                }
            },
            cancellation);
        return shocks;
    }
}
