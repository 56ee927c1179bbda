using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin.Components;
using GpuMargin.Revaluation.American;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>What has to be valued for the margins of a set: its accounts, and what every component of its policy asks for.</summary>
/// <remarks>Knows no engine: runs go out, results come in, and when all are taken the report is computed from them.</remarks>
public sealed class RunSchedule : IValuationSchedule
{
    readonly ClearingSet set;
    readonly QuantileRanks ranks;
    readonly RequirementCalculator? requirements;
    readonly CancellationToken cancellation;
    ValuationRun accounts;
    readonly List<StageTime> stages = [];
    AccountMargin[] margins = [];
    IReadOnlyList<MovedSurface>? surfaces;
    string fingerprint = "";

    RunSchedule(ClearingSet set, ValuationRun run, CancellationToken cancellation)
    {
        this.set = set;
        this.cancellation = cancellation;
        ranks = QuantileRanks.For(run.Scenarios, set.Settings.Confidence);
        ranks.RequireExpectedShortfall();
        requirements = set.Policy is null ? null : new RequirementCalculator(set, run, cancellation);
        accounts = run;
    }

    /// <summary>Whether only <see cref="Margins"/> is asked for, not what the record says of the scenarios.</summary>
    internal bool MarginsOnly { get; init; }

    /// <param name="factored">Told the share of the correlation's factorisation that is done, from any thread.</param>
    /// <exception cref="ArgumentException">Fewer than 1/(1 − confidence) scenarios.</exception>
    /// <exception cref="RefusedInputException">The policy asks for what the run cannot give.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static RunSchedule Of(ClearingSet set, IProgress<double>? factored = null, CancellationToken cancellation = default)
    {
        QuantileRanks.For(set.Settings.Scenarios, set.Settings.Confidence).RequireExpectedShortfall();
        long start = Stopwatch.GetTimestamp();
        ValuationRun run = AccountRun.Of(set, factored, cancellation);
        RunSchedule schedule = new(set, run, cancellation);
        schedule.stages.Add(new StageTime("plan", Stopwatch.GetElapsedTime(start).TotalSeconds - (schedule.requirements?.Preparing ?? 0)));
        return schedule;
    }

    /// <summary>A schedule of which only the margins are asked.</summary>
    internal static RunSchedule OfMargins(ClearingSet set, ValuationRun accounts, CancellationToken cancellation) => new(set, accounts, cancellation) { MarginsOnly = true };

    /// <summary>Whether books read instruments on other days than accounts, or collateral: then the rows of a book depend on those of all others.</summary>
    internal bool ReadsBooksApart => requirements?.ReadsApart == true;

    /// <summary>The schedule of accounts whose run is given, such as that of another source.</summary>
    /// <inheritdoc cref="Of(ClearingSet, IProgress{double}, CancellationToken)" path="/exception"/>
    public static RunSchedule Of(ClearingSet set, ValuationRun accounts, CancellationToken cancellation = default) => new(set, accounts, cancellation);

    public IEnumerable<ValuationRun> Runs
    {
        get
        {
            foreach (ValuationRun run in requirements?.Choosing ?? [])
            {
                yield return run;
            }

            accounts = requirements?.Accounts ?? accounts;
            yield return accounts;
            foreach (ValuationRun run in requirements?.Runs ?? [])
            {
                yield return run;
            }
        }
    }

    public void Take(ValuationRun run, EngineResult result)
    {
        if (!ReferenceEquals(run, accounts))
        {
            requirements!.Take(run, result);
            return;
        }

        fingerprint = result.ProfitAndLossSha256;
        stages.AddRange(result.Stages);
        long start = Stopwatch.GetTimestamp();
        margins = AccountMeasures.Of(set, accounts, ranks, result.Tails);
        surfaces = MarginsOnly ? null : MovedSurfaces.Of(set, accounts, result.Tails, ranks.Whole, cancellation);
        stages.Add(new StageTime("measures", Stopwatch.GetElapsedTime(start).TotalSeconds));
        requirements?.TakeAccounts(accounts, result);
    }

    /// <summary>The margins alone, from the results of all runs.</summary>
    internal IReadOnlyList<AccountMargin> Margins() => WithRequirements().Margins;

    (AccountMargin[] Margins, IReadOnlyList<StageTime> Stages) WithRequirements()
    {
        IReadOnlyList<StageTime> policyStages = [];
        AccountMargin[] reported = [.. margins];
        if (requirements is not null)
        {
            (IReadOnlyList<(int Account, Requirement Requirement)> called, policyStages) = requirements.Calculate();
            foreach ((int account, Requirement requirement) in called)
            {
                reported[account] = reported[account] with { Requirement = requirement };
            }
        }

        return (reported, policyStages);
    }

    /// <summary>The margins, from the results of all runs.</summary>
    /// <param name="backend">As <see cref="IBackend.Name"/>.</param>
    /// <param name="device">As <see cref="IBackend.Device"/>.</param>
    public MarginReport Report(string backend, string device)
    {
        (AccountMargin[] reported, IReadOnlyList<StageTime> policyStages) = WithRequirements();
        return new MarginReport(
            set.Settings,
            backend,
            device,
            reported,
            fingerprint,
            [.. stages, .. policyStages],
            [.. SetWarnings.Of(set), .. RunWarnings.Of(set.Settings, ranks), .. MarginComponents.Warnings(set), .. TailWarnings.Of(set, accounts, margins), .. ShockLimits.Warnings(accounts, [.. set.Factors.Select(factor => factor.Name)], cancellation)])
        {
            Premiums = PremiumSummary.Of([accounts.Instruments.Premiums, .. requirements is null ? [] : (PremiumSurfaces[])[requirements.Premiums]]),
            Surfaces = surfaces,
            HasRequirements = set.Policy is not null,
        };
    }
}
