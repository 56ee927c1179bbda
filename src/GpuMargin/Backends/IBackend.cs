using GpuMargin.Aggregation;

namespace GpuMargin.Backends;

/// <summary>Place where a run is computed. Every backend gives the same bits for the same run.</summary>
/// <remarks>
/// A backend makes one run or visit at a time, from any thread, unless <see cref="RunsSideBySide"/>. One that holds a device is
/// <see cref="IDisposable"/> besides; the interface is not, because the processor's backend holds nothing between runs.
/// </remarks>
public interface IBackend
{
    /// <summary>Name on the command line: <c>cpu</c>, <c>cuda</c>, ….</summary>
    string Name { get; }

    /// <summary>The device in words: processor, lanes, threads.</summary>
    string Device { get; }

    /// <summary>Whether runs and visits may be made from several threads at once.</summary>
    bool RunsSideBySide { get; }

    /// <summary>Memory that a run would take if it had another size.</summary>
    MemoryNeed Memory(ValuationRun plan, RunSize size);

    /// <summary>Walks all scenarios and keeps, per row, the worst losses.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop; nothing is left behind.</exception>
    /// <exception cref="DeviceFailedException">The device ran out of memory or was lost; so may the visits below end.</exception>
    EngineResult Run(ValuationRun plan, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default);

    /// <summary>Visits the shocks of every scenario of the run in order; a row holds the run's factors in file order.</summary>
    /// <param name="visit">Called with shocks [scenario, factor]; the doubles hold the working precision exactly.</param>
    void VisitScenarios(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default);

    /// <summary>Visits the P&amp;L of every scenario in order; [scenario, row] for all rows of the run, run currency, gain &gt; 0.</summary>
    void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation = default);
}

/// <summary>A block of rows, one per scenario.</summary>
/// <param name="firstScenario">Scenario of the first row.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="values">[row, column], row-major; valid during the call only.</param>
public delegate void ScenarioVisitor(int firstScenario, int rows, ReadOnlySpan<double> values);
