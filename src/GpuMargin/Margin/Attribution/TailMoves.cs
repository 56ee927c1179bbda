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

    /// <param name="run">Of the set's accounts, with the scenarios of the tails.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    internal static TailMoves Of(ValuationRun run, PositionTail tail, IBackend backend, CancellationToken cancellation) => Of(run, [tail], backend, cancellation)[0];

    /// <summary>The moves of several accounts from one walk over the scenarios.</summary>
    /// <inheritdoc cref="Of(ValuationRun, PositionTail, IBackend, CancellationToken)"/>
    internal static TailMoves[] Of(ValuationRun run, IReadOnlyList<PositionTail> tails, IBackend backend, CancellationToken cancellation)
    {
        int[][] factors = [.. tails.Select(tail => Factors(run.Instruments, tail.Instruments))];
        double[][] shocks = [.. tails.Select((tail, i) => new double[tail.Scenarios.Count * factors[i].Length])];
        int[] read = [.. factors.SelectMany(own => own).Distinct().Order()];
        int all = run.Source.Factors;
        ScenarioWeights weights = run.Source.Weights();
        ILookup<int, (int Tail, int K)> places = tails.SelectMany((tail, i) => tail.Scenarios.Select((scenario, k) => (scenario, (i, k)))).ToLookup(pair => pair.scenario, pair => pair.Item2);
        double[] sums = new double[all], squares = new double[all];
        double total = 0;
        backend.VisitScenarios(
            run,
            (first, rows, values) =>
            {
                for (int row = 0; row < rows; row++)
                {
                    double weight = weights.Vary ? weights.Of(first + row) : 1;
                    total += weight;
                    foreach (int factor in read)
                    {
                        double shock = values[row * all + factor];
                        sums[factor] += weight * shock;
                        squares[factor] += weight * shock * shock;
                    }

                    foreach ((int tail, int k) in places[first + row])
                    {
                        int[] own = factors[tail];
                        for (int f = 0; f < own.Length; f++)
                        {
                            shocks[tail][k * own.Length + f] = values[row * all + own[f]];
                        }
                    }
                }
            },
            cancellation);
        double[] means = Array.ConvertAll(sums, sum => sum / total);
        double[] deviations = [.. squares.Select((square, f) => Math.Sqrt(Math.Max(square / total - means[f] * means[f], 0)))];
        return
        [
            .. tails.Select((tail, i) => new TailMoves(
                tail, factors[i], shocks[i], Array.ConvertAll(factors[i], factor => means[factor]), Array.ConvertAll(factors[i], factor => deviations[factor]))),
        ];
    }

    /// <summary>Shocks kept of one account.</summary>
    internal static long Size(ValuationRun run, PositionTail tail) => (long)tail.Scenarios.Count * Factors(run.Instruments, tail.Instruments).Length;

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
