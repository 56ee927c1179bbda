using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Studies;

/// <summary>Margins to a target error: scenarios are added until every account's interval of expected shortfall is narrow enough.</summary>
/// <remarks>
/// An account's result is that of a run with as many scenarios as the first of the <see cref="Checkpoints"/> at which its interval is trusted and within the target,
/// bit for bit, and with <see cref="RunSettings.MaxScenarios"/> if none is; so it depends neither on other accounts nor on how scenarios are
/// split up for computing. An account that has reached the target takes no part in later stages.
/// </remarks>
static class TargetedMargins
{
    internal static MarginReport Calculate(
        ClearingSet set, IBackend backend, IProgress<long>? scenariosDone, IProgress<Checkpoint>? checkpoints,
        IProgress<double>? factored, CancellationToken cancellation)
    {
        if (set.Policy is not null)
        {
            throw new RefusedInputException([new Fault("policy.json", null, null, null, "no policy beside a target error, whose scenarios differ by account: leave out settings.TargetError")]);
        }

        RunSettings settings = set.Settings;
        double target = (double)settings.TargetError!.Value;
        QuantileRanks.For(settings.Scenarios, settings.Confidence).RequireExpectedShortfall();
        long start = Stopwatch.GetTimestamp();
        ValuationRun plan = AccountRun.Of(set, factored, cancellation);
        StageTime planning = new("plan", Stopwatch.GetElapsedTime(start).TotalSeconds);

        IReadOnlyList<int> counts = Checkpoints.Between(settings.Scenarios, settings.MaxScenarios);
        ScenarioWeights weights = plan.Source.Weights();
        StagedRun run = new(plan, counts, n => TailLength.Required(Ranks(n), weights));
        AccountMargin[] margins = new AccountMargin[set.Accounts.Count];
        int[] left = [.. Enumerable.Range(0, margins.Length)];
        double measuring = 0;
        foreach (int count in counts)
        {
            RunMemory.CheckStage(settings, run.BytesOfNext(left.Length), run.Scenarios, left.Length);
            RunStage stage = run.Next(left);
            Valuation.Compute(stage, backend, scenariosDone, cancellation);
            start = Stopwatch.GetTimestamp();
            AccountMargin[] now = AccountMeasures.Of(set, run.Reached, Ranks(count), left, stage.Tails);
            for (int i = 0; i < left.Length; i++)
            {
                margins[left[i]] = now[i] with { Scenarios = count };
            }

            left = [.. left.Where(account => !(margins[account].ExpectedShortfallTrusted && margins[account].ExpectedShortfall.IsWithin(target)))];
            measuring += Stopwatch.GetElapsedTime(start).TotalSeconds;
            checkpoints?.Report(new Checkpoint(count, margins.Length - left.Length, margins.Length));
            if (left.Length == 0)
            {
                break;
            }
        }

        return new MarginReport(
            settings,
            backend.Name,
            backend.Device,
            margins,
            run.Fingerprint(),
            [planning, .. run.Stages, new StageTime("measures", measuring)],
            [.. SetWarnings.Of(set), .. RunWarnings.Of(settings, Ranks(counts[0])), .. TailWarnings.Of(set, run.Reached, margins), .. ShockLimits.Warnings(run.Reached, [.. set.Factors.Select(factor => factor.Name)], cancellation)])
        {
            Premiums = PremiumSummary.Of(plan.Instruments.Premiums),
            MissedTarget = [.. left.Select(account => set.Accounts[account])],
        };

        QuantileRanks Ranks(int scenarios) => QuantileRanks.For(scenarios, settings.Confidence);
    }
}
