using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Scenarios;

namespace GpuMargin.Tests.Margin.Components;

/// <summary>A backend whose scenarios are written down: P&amp;L per contract for each model that it is asked for.</summary>
/// <param name="profitAndLoss">Of a model: [scenario][instrument in the plan's order], gain &gt; 0.</param>
sealed class ListedBackend(Func<ScenarioPlan, double[][]> profitAndLoss) : IBackend
{
    public string Name => "listed";

    public string Device => "paper";

    public bool RunsSideBySide => true;

    public MemoryNeed Memory(ValuationRun plan, RunSize size) => new(0, 1, 0);

    public EngineResult Run(ValuationRun plan, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default)
    {
        double[][] table = profitAndLoss((ScenarioPlan)plan.Source);
        return new EngineResult(
            [.. Enumerable.Range(0, plan.Positions.Rows).Select(row =>
            {
                (double Loss, int Scenario)[] losses =
                [
                    .. Enumerable.Range(0, table.Length).Select(s => (Loss(plan.Positions, row, table[s]), s)).OrderByDescending(x => x.Item1).ThenBy(x => x.s)
                        .Take(plan.TailLength),
                ];
                return new LossTail([.. losses.Select(x => x.Loss)], [.. losses.Select(x => x.Scenario)]);
            })],
            "",
            []);
    }

    public void VisitScenarios(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) => throw new NotSupportedException();

    public void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default) => throw new NotSupportedException();

    static double Loss(PositionRows rows, int row, double[] changes)
    {
        if (row < rows.Accounts)
        {
            return Held(rows, row, changes);
        }

        int remainder = row - rows.Accounts;
        return Held(rows, rows.Remainders.Of[remainder], changes)
            - rows.Remainders.Less[rows.Remainders.Start[remainder]..rows.Remainders.Start[remainder + 1]].Sum(less => Held(rows, less, changes));
    }

    static double Held(PositionRows rows, int row, double[] changes) =>
        0.0 - Enumerable.Range(rows.Start[row], rows.Count(row)).Sum(k => rows.Quantity[k] * changes[rows.Instrument[k]]);
}
