using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Backends;

/// <summary>What a backend's visits show, as whole tables.</summary>
static class Visited
{
    /// <returns>Shocks [scenario, factor].</returns>
    internal static double[,] Scenarios(IBackend backend, ValuationRun plan) =>
        Collect(plan.Scenarios, plan.Source.Factors, visit => backend.VisitScenarios(plan, visit));

    /// <returns>Shocks [scenario, factor] up to the end of each day, of random sampling without importance: those of the runs over so many days.</returns>
    internal static double[][,] Paths(IBackend backend, ClearingSet set, int days) =>
        [.. Enumerable.Range(1, days).Select(day => Scenarios(backend, MarginCalculator.Plan(set with { Settings = set.Settings with { HorizonDays = day }, Policy = null })))];

    /// <returns>P&amp;L [scenario, account].</returns>
    internal static double[,] ProfitAndLoss(IBackend backend, ValuationRun plan) =>
        Collect(plan.Scenarios, plan.Positions.Rows, visit => backend.VisitProfitAndLoss(plan, visit));

    static double[,] Collect(int scenarios, int columns, Action<ScenarioVisitor> visitAll)
    {
        double[,] table = new double[scenarios, columns];
        int next = 0;
        visitAll((first, rows, values) =>
        {
            if (first != next || values.Length != rows * columns)
            {
                throw new InvalidOperationException($"Scenarios {first} to {first + rows - 1} came as {values.Length} values where scenario {next} was due.");
            }

            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    table[first + row, column] = values[row * columns + column];
                }
            }

            next += rows;
        });
        return next == scenarios ? table : throw new InvalidOperationException($"{next} of {scenarios} scenarios were visited.");
    }
}
