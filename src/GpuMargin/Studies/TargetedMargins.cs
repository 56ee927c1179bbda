using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Studies;

/// <summary>Margins to a target error: scenarios are added until every account's interval of expected shortfall is narrow enough.</summary>
/// <remarks>
/// An account's result is that of a run with as many scenarios as the first of the <see cref="Checkpoints"/> at which its interval is within the target,
/// bit for bit, and with <see cref="RunSettings.MaxScenarios"/> if none is; so it depends neither on other accounts nor on how scenarios are
/// split up for computing. An account that has reached the target takes no part in later stages.
/// </remarks>
static class TargetedMargins
{
    internal static MarginReport Calculate(
        ClearingSet set, IBackend backend, IProgress<long>? scenariosDone, IProgress<Checkpoint>? checkpoints, CancellationToken cancellation)
    {
        RunSettings settings = set.Settings;
        double target = (double)settings.TargetError!.Value;
        QuantileRanks.For(settings.Scenarios, settings.Confidence).RequireExpectedShortfall();
        long start = Stopwatch.GetTimestamp();
        MarginPlan plan = MarginCalculator.Plan(set);
        StageTime planning = new("plan", Stopwatch.GetElapsedTime(start).TotalSeconds);

        IReadOnlyList<int> counts = Checkpoints.Between(settings.Scenarios, settings.MaxScenarios);
        StagedRun run = new(plan, backend, counts, n => MarginCalculator.Tail(Ranks(n), plan.Scenarios));
        AccountMargin[] margins = new AccountMargin[set.Accounts.Count];
        int[] left = [.. Enumerable.Range(0, margins.Length)];
        double measuring = 0;
        foreach (int count in counts)
        {
            RunMemory.CheckStage(settings, run, left.Length);
            LossTail[] tails = Advance(set, run, left, scenariosDone, cancellation);
            start = Stopwatch.GetTimestamp();
            MarginPlan reached = plan with { Scenarios = plan.Scenarios with { Scenarios = count }, TailLength = run.TailLength };
            AccountMargin[] now = MarginCalculator.Measure(set, reached, Ranks(count), left, tails);
            for (int i = 0; i < left.Length; i++)
            {
                margins[left[i]] = now[i] with { Scenarios = count };
            }

            left = [.. left.Where(account => !margins[account].ExpectedShortfall.IsWithin(target))];
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
            [.. set.Warnings, .. MarginCalculator.Warnings(settings, Ranks(counts[0]))])
        {
            MissedTarget = [.. left.Select(account => set.Accounts[account])],
        };

        QuantileRanks Ranks(int scenarios) => QuantileRanks.For(scenarios, settings.Confidence);
    }

    static LossTail[] Advance(
        ClearingSet set, StagedRun run, int[] accounts, IProgress<long>? scenariosDone, CancellationToken cancellation)
    {
        try
        {
            return run.Advance(accounts, scenariosDone, cancellation);
        }
        catch (NonFiniteProfitAndLossException exception)
        {
            throw MarginCalculator.NotFinite(set, exception);
        }
    }
}
