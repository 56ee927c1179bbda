using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Revaluation;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin.Attribution;

/// <summary>The moves of an account's factors in the scenarios of its tail.</summary>
public sealed class TailMoves
{
    readonly int[] factors;
    readonly double[] shocks; // [scenario of the tail, factor]
    readonly double[] means, deviations;
    readonly PositionTail tail;

    TailMoves(PositionTail tail, int[] factors, double[] shocks, double[] means, double[] deviations) =>
        (this.tail, this.factors, this.shocks, this.means, this.deviations) = (tail, factors, shocks, means, deviations);

    /// <summary>Factors by the size of their mean move in the tail, each scenario with its share in expected shortfall; largest first.</summary>
    public IReadOnlyList<FactorMove> Drivers =>
        Ordered(f => Enumerable.Range(0, tail.Shares.Count).Sum(k => tail.Shares[k] * shocks[k * factors.Length + f]));

    /// <summary>Moves in one scenario of the tail, largest first.</summary>
    /// <param name="k">Place in <see cref="PositionTail.Scenarios"/>.</param>
    public IReadOnlyList<FactorMove> In(int k) => Ordered(f => shocks[k * factors.Length + f]);

    FactorMove[] Ordered(Func<int, double> shock) =>
    [
        .. Enumerable.Range(0, factors.Length)
            .Select(f => new FactorMove(factors[f], shock(f), deviations[f] > 0 ? (shock(f) - means[f]) / deviations[f] : 0))
            .OrderByDescending(move => Math.Abs(move.Deviations)).ThenBy(move => move.Factor),
    ];

    /// <param name="run">Of the set's accounts, with the scenarios of the tail.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    internal static TailMoves Of(ValuationRun run, PositionTail tail, IBackend backend, CancellationToken cancellation)
    {
        int[] factors = Factors(run.Instruments, tail.Instruments);
        int all = run.Source.Factors;
        ScenarioWeights weights = run.Source.Weights();
        Dictionary<int, int> places = tail.Scenarios.Select((scenario, k) => (scenario, k)).ToDictionary(pair => pair.scenario, pair => pair.k);
        double[] shocks = new double[places.Count * factors.Length], sums = new double[factors.Length], squares = new double[factors.Length];
        double total = 0;
        backend.VisitScenarios(
            run,
            (first, rows, values) =>
            {
                for (int row = 0; row < rows; row++)
                {
                    double weight = weights.Vary ? weights.Of(first + row) : 1;
                    bool inTail = places.TryGetValue(first + row, out int k);
                    total += weight;
                    for (int f = 0; f < factors.Length; f++)
                    {
                        double shock = values[row * all + factors[f]];
                        sums[f] += weight * shock;
                        squares[f] += weight * shock * shock;
                        if (inTail)
                        {
                            shocks[k * factors.Length + f] = shock;
                        }
                    }
                }
            },
            cancellation);
        double[] means = Array.ConvertAll(sums, sum => sum / total);
        double[] deviations = [.. squares.Select((square, f) => Math.Sqrt(Math.Max(square / total - means[f] * means[f], 0)))];
        return new TailMoves(tail, factors, shocks, means, deviations);
    }

    /// <summary>Factors that some instruments read, ascending.</summary>
    static int[] Factors(InstrumentPlan plan, IReadOnlyList<int> instruments)
    {
        SortedSet<int> factors = [];
        foreach (int instrument in instruments)
        {
            int place = plan.PlaceOf[instrument];
            foreach (int row in (int[])[plan.UnderlyingShock[place], plan.VolatilityShock[place], plan.RateShock[place], plan.SecondRateShock[place], plan.FxShock[place]])
            {
                if (row >= 0)
                {
                    factors.Add(plan.Shocks[row].Factor);
                }
            }
        }

        return [.. factors];
    }
}
