using GpuMargin.Aggregation;

namespace GpuMargin.Backends;

/// <summary>Where a plan is computed. Every backend gives the same bits for the same plan.</summary>
public interface IBackend
{
    /// <summary>As the command line names it: <c>cpu</c>, <c>cuda</c>, ….</summary>
    string Name { get; }

    /// <summary>The device in words: processor, lanes, threads.</summary>
    string Device { get; }

    /// <summary>Walks all scenarios and keeps, per account, the worst losses and the running sums.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop; nothing is left behind.</exception>
    /// <exception cref="DeviceFailedException">The device ran out of memory or was lost; so may the visits below end.</exception>
    EngineResult Run(MarginPlan plan, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default);

    /// <summary>Visits the shocks of every scenario of the plan in order; a row holds the plan's factors in file order.</summary>
    /// <param name="visit">Called with shocks [scenario, factor]; the doubles hold the working precision exactly.</param>
    void VisitScenarios(MarginPlan plan, ScenarioVisitor visit, CancellationToken cancellation = default);

    /// <summary>Visits the P&amp;L of every scenario in order; [scenario, account] for all accounts of the plan, run currency, gain &gt; 0.</summary>
    void VisitProfitAndLoss(MarginPlan plan, ScenarioVisitor visit, CancellationToken cancellation = default);
}

/// <summary>A block of rows, one per scenario.</summary>
/// <param name="firstScenario">Scenario of the first row.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="values">[row, column], row-major; valid during the call only.</param>
public delegate void ScenarioVisitor(int firstScenario, int rows, ReadOnlySpan<double> values);
