using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Revaluation.Surfaces;

namespace GpuMargin.Margin;

/// <summary>Arbitrage of moved surfaces in the scenarios of tails. The scenarios are drawn again, of runs alone with smiles that something moves.</summary>
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

        HashSet<int>[] scenarios = Scenarios(set, [.. moved.Select(pair => (pair.Surface.Name, pair.Underlying))], tails, most, run.EndScenario);
        HashSet<int> all = [.. scenarios.SelectMany(some => some)];
        SurfaceGrid[] grids = [.. moved.Select(pair => new SurfaceGrid(pair.Surface, pair.Underlying))];
        int[] found = new int[moved.Length];
        int width = run.Source.Factors;
        new CpuBackend().VisitScenarios(
            run,
            (first, rows, shocks) =>
            {
                int[] seen = [.. Enumerable.Range(0, rows).Where(row => all.Contains(first + row))];
                double[] kept = shocks.ToArray();
                SideBySide.For(seen.Length == 0 ? 0 : moved.Length, i =>
                {
                    foreach (int row in seen)
                    {
                        found[i] += scenarios[i].Contains(first + row) && grids[i].HasArbitrage(kept.AsSpan(row * width, width)) ? 1 : 0;
                    }
                });
            },
            cancellation);
        return [.. moved.Select((pair, i) => new MovedSurface(pair.Surface.Name, set.Factors[pair.Underlying].Name, scenarios[i].Count, found[i]))];
    }

    // Those that most accounts have in their tails, the first of equals.
    static HashSet<int>[] Scenarios(ClearingSet set, (string Surface, int Underlying)[] moved, IReadOnlyList<LossTail> tails, int most, int end)
    {
        Dictionary<(string, int), int> numbers = moved.Select((pair, i) => (pair, i)).ToDictionary(entry => (entry.pair.Surface, entry.pair.Underlying), entry => entry.i);
        int[] numberOf =
        [
            .. set.Instruments.Select(instrument => instrument.Surface is { } surface ? numbers.GetValueOrDefault((surface.Name, instrument.Underlying), -1) : -1),
        ];
        HashSet<int>?[] held = new HashSet<int>?[tails.Count];
        for (int row = 0; row < set.Positions.Count; row++)
        {
            if (numberOf[set.Positions.Instrument[row]] is var number and >= 0 && set.Positions.Quantity[row] != 0)
            {
                (held[set.Positions.Account[row]] ??= []).Add(number);
            }
        }

        // A tail is put in order when it is read.
        int[][] counts = [.. moved.Select(_ => new int[end])];
        for (int account = 0; account < held.Length; account++)
        {
            if (held[account] is { } surfaces)
            {
                int[] tail = tails[account].Scenarios;
                foreach (int surface in surfaces)
                {
                    foreach (int scenario in tail.AsSpan(0, Math.Min(most, tail.Length)))
                    {
                        counts[surface][scenario]++;
                    }
                }
            }
        }

        return [.. counts.Select(count => Enumerable.Range(0, end).Where(scenario => count[scenario] > 0).OrderByDescending(scenario => count[scenario]).Take(most).ToHashSet())];
    }
}
