using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Studies;

namespace GpuMargin;

/// <summary>Clearing set in, margins out.</summary>
public static class MarginCalculator
{
    /// <summary>Value at risk, expected shortfall and margin of every account.</summary>
    /// <param name="scenariosDone">Told now and then, from any thread, how many scenarios are finished.</param>
    /// <param name="checkpoints">Told how many accounts have reached the target error, where there is one.</param>
    /// <param name="factored">Told the share of the correlation's factorisation that is done, from any thread: with Sobol points or a singular matrix of thousands of factors it takes minutes.</param>
    /// <exception cref="RefusedInputException">
    /// The set breaks a rule (<see cref="ClearingSet.Validate()"/>), such as fewer than 1/(1 − confidence) scenarios, or its policy does; the backend
    /// has no memory for it; or a P&amp;L left the range of the working precision.
    /// </exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static MarginReport Calculate(
        ClearingSet set,
        IBackend backend,
        IProgress<long>? scenariosDone = null,
        IProgress<Checkpoint>? checkpoints = null,
        IProgress<double>? factored = null,
        CancellationToken cancellation = default)
    {
        set.Validate(cancellation);
        if (set.Settings.TargetError is not null)
        {
            return TargetedMargins.Calculate(set, backend, scenariosDone, checkpoints, factored, cancellation);
        }

        RunSchedule schedule = RunSchedule.Of(set, factored, cancellation);
        Valuation.Compute(schedule, backend, scenariosDone, cancellation);
        return schedule.Report(backend.Name, backend.Device);
    }

    /// <summary>The run of a set's accounts, as a backend computes or visits it.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ValuationRun Plan(ClearingSet set, CancellationToken cancellation = default) => AccountRun.Of(set, null, cancellation);
}
