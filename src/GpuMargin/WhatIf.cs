using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Studies;

namespace GpuMargin;

/// <summary>Margins of a clearing set as it is and as it would be.</summary>
/// <param name="After">Equal in every bit to a run of the changed set.</param>
public sealed record WhatIf(MarginReport Before, MarginReport After)
{
    /// <param name="set">As it is.</param>
    /// <param name="changed">As it would be. Where its settings, factors, instruments and policy are the set's own objects, scenarios and instruments are planned once for both runs.</param>
    /// <inheritdoc cref="MarginCalculator.Calculate" path="/param"/>
    /// <inheritdoc cref="MarginCalculator.Calculate" path="/exception"/>
    public static WhatIf Of(
        ClearingSet set,
        ClearingSet changed,
        IBackend backend,
        IProgress<long>? scenariosDone = null,
        IProgress<Checkpoint>? checkpoints = null,
        IProgress<double>? factored = null,
        CancellationToken cancellation = default)
    {
        if (set.Settings.TargetError is not null || !HaveOneModel(set, changed))
        {
            return new WhatIf(
                MarginCalculator.Calculate(set, backend, scenariosDone, checkpoints, factored, cancellation),
                MarginCalculator.Calculate(changed, backend, scenariosDone, checkpoints, factored, cancellation));
        }

        set.Validate(cancellation);
        changed.Validate(cancellation);
        ValuationRun run = AccountRun.Of(set, factored, cancellation);
        return new WhatIf(Report(set, run), Report(changed, AccountRun.Like(run, changed)));

        MarginReport Report(ClearingSet of, ValuationRun accounts)
        {
            RunSchedule schedule = RunSchedule.Of(of, accounts, cancellation);
            Valuation.Compute(schedule, backend, scenariosDone, cancellation);
            return schedule.Report(backend.Name, backend.Device);
        }
    }

    static bool HaveOneModel(ClearingSet one, ClearingSet other) =>
        ReferenceEquals(one.Settings, other.Settings) && ReferenceEquals(one.Factors, other.Factors) && ReferenceEquals(one.Correlation, other.Correlation)
        && ReferenceEquals(one.Instruments, other.Instruments) && ReferenceEquals(one.Policy, other.Policy);
}
