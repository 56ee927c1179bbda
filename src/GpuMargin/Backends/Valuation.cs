using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends;

/// <summary>The one place where engines are started.</summary>
static class Valuation
{
    /// <summary>Values every run of a schedule.</summary>
    /// <param name="scenariosDone">Receives now and then, from any thread, how many scenarios are finished, of the runs with a fingerprint.</param>
    /// <exception cref="RefusedInputException">A P&amp;L left the range of the working precision, or the backend has no memory for a run.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static void Compute(IValuationSchedule schedule, IBackend backend, IProgress<long>? scenariosDone = null, CancellationToken cancellation = default)
    {
        foreach (ValuationRun run in schedule.Runs)
        {
            schedule.Take(run, Compute(run, backend, run.FingerprintRows == 0 ? null : Shifted(scenariosDone, run.FirstScenario), cancellation));
        }
    }

    /// <summary>Values one run.</summary>
    /// <inheritdoc cref="Compute(IValuationSchedule, IBackend, IProgress{long}, CancellationToken)" path="/exception"/>
    public static EngineResult Compute(ValuationRun run, IBackend backend, IProgress<long>? scenariosDone, CancellationToken cancellation)
    {
        RunMemory.Check(backend, run);
        try
        {
            return backend.Run(run, scenariosDone, cancellation);
        }
        catch (NonFiniteProfitAndLossException exception)
        {
            throw Refusal(run.Precision, run.Source.Name, exception);
        }
    }

    /// <summary>Visits the P&amp;L of every scenario of a run.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static void Visit(ValuationRun run, IBackend backend, ScenarioVisitor visit, CancellationToken cancellation) =>
        backend.VisitProfitAndLoss(run, visit, cancellation);

    /// <summary>The refusal of a run whose P&amp;L overflows, naming the row.</summary>
    /// <param name="source">Of the run.</param>
    public static RefusedInputException Refusal(Precision precision, string source, NonFiniteProfitAndLossException exception)
    {
        string range = precision == Precision.Mixed
            ? "a P&L within the range of single precision in every scenario, or settings.Precision double"
            : "a P&L within the range of double precision in every scenario";
        string scenario = exception.Scenario.ToString(CultureInfo.InvariantCulture) + (source == ScenarioSource.Estimated ? "" : $" under {source}");
        return new RefusedInputException(
        [
            exception.Row.Kind == RowKind.Account
                ? new Fault("positions.csv", null, "account", exception.Row.Owner, $"{range}; scenario {scenario} is beyond it")
                : new Fault("positions.csv", null, "account", exception.Row.ToString(), $"{range}; scenario {scenario} is beyond it"),
        ]);
    }

    static Progress? Shifted(IProgress<long>? scenariosDone, long before) => scenariosDone is null ? null : new Progress(scenariosDone, before);

    sealed class Progress(IProgress<long> whole, long before) : IProgress<long>
    {
        public void Report(long value) => whole.Report(before + value);
    }
}
