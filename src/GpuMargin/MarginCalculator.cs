using System.Diagnostics;
using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;
using GpuMargin.Studies;

namespace GpuMargin;

/// <summary>Clearing set in, margins out.</summary>
public static class MarginCalculator
{
    /// <summary>Value at risk, expected shortfall and margin of every account.</summary>
    /// <param name="scenariosDone">Told now and then, from any thread, how many scenarios are finished.</param>
    /// <param name="checkpoints">Told how many accounts have reached the target error, where there is one.</param>
    /// <exception cref="ArgumentException">Fewer than 1/(1 − confidence) scenarios.</exception>
    /// <exception cref="RefusedInputException">Tails would not fit into memory, or a P&amp;L left the range of the working precision.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static MarginReport Calculate(
        ClearingSet set,
        IBackend backend,
        IProgress<long>? scenariosDone = null,
        IProgress<Checkpoint>? checkpoints = null,
        CancellationToken cancellation = default)
    {
        set.Validate();
        if (set.Settings.TargetError is not null)
        {
            if (set.Policy is not null)
            {
                throw new RefusedInputException([new Fault("policy.json", null, null, null, "no policy beside a target error, whose scenarios differ by account: leave out settings.TargetError")]);
            }

            return TargetedMargins.Calculate(set, backend, scenariosDone, checkpoints, cancellation);
        }

        QuantileRanks ranks = QuantileRanks.For(set.Settings.Scenarios, set.Settings.Confidence);
        ranks.RequireExpectedShortfall();
        long start = Stopwatch.GetTimestamp();
        MarginPlan plan = Plan(set);
        StageTime planning = new("plan", Stopwatch.GetElapsedTime(start).TotalSeconds);

        (AccountMargin[] margins, EngineResult result, IEnumerable<StageTime> stages) = Measured(set, plan, ranks, backend, scenariosDone, cancellation);
        return new MarginReport(
            set.Settings,
            backend.Name,
            backend.Device,
            margins,
            result.ProfitAndLossSha256,
            [planning, .. stages],
            [.. set.Warnings, .. Warnings(set.Settings, ranks)])
        {
            HasRequirements = set.Policy is not null,
        };
    }

    /// <summary>Runs a plan and measures its accounts, under the set's policy where it has one.</summary>
    internal static (AccountMargin[] Margins, EngineResult Result, IEnumerable<StageTime> Stages) Measured(
        ClearingSet set, MarginPlan plan, QuantileRanks ranks, IBackend backend, IProgress<long>? scenariosDone, CancellationToken cancellation)
    {
        RequirementCalculator? requirements = set.Policy is null ? null : new(set, plan, backend, cancellation);
        EngineResult result = Run(set, plan, requirements, backend, scenariosDone, cancellation);

        long start = Stopwatch.GetTimestamp();
        AccountMargin[] margins = Measure(set, plan, ranks, result);
        StageTime measuring = new("measures", Stopwatch.GetElapsedTime(start).TotalSeconds);
        IReadOnlyList<StageTime> policyStages = [];
        if (requirements is not null)
        {
            (IReadOnlyList<(int Account, Requirement Requirement)> called, policyStages) = requirements.Calculate(result);
            foreach ((int account, Requirement requirement) in called)
            {
                margins[account] = margins[account] with { Requirement = requirement };
            }
        }

        return (margins, result, [.. result.Stages, measuring, .. policyStages]);
    }

    /// <summary>The plan that a backend computes: plain arrays, nothing per scenario.</summary>
    public static MarginPlan Plan(ClearingSet set)
    {
        RunSettings settings = set.Settings;
        ScenarioPlan? scenarios = null;
        InstrumentPlan? instruments = null;
        PositionRows? positions = null;
        SideBySide.Invoke(
            () =>
            {
                instruments = InstrumentPlanner.Plan(settings, set.Factors, set.Instruments);
                positions = PositionRows.From(set.Positions, set.Accounts.Count, instruments);
            },
            () => scenarios = ScenarioPlanner.Plan(settings, set.Factors, set.Correlation, set.Policy?.Depegs));
        int tail = Math.Max(Tail(QuantileRanks.For(settings.Scenarios, settings.Confidence), scenarios!), RequirementCalculator.TailLength(set, scenarios!));
        RunMemory.Check(settings, set.Accounts.Count, tail);
        return new MarginPlan
        {
            Precision = settings.Precision,
            Scenarios = scenarios!,
            Instruments = instruments!,
            Positions = positions!,
            TailLength = tail,
        };
    }

    /// <summary>Worst losses that <see cref="Measure(ClearingSet, MarginPlan, QuantileRanks, EngineResult)"/> reads of an account.</summary>
    internal static int Tail(QuantileRanks ranks, ScenarioPlan scenarios) =>
        scenarios.Sobol is null && scenarios.Importance is null
            ? TailLength.Required(ranks)
            : TailLength.Required(ranks, scenarios.Importance?.Shift ?? 0);

    static EngineResult Run(
        ClearingSet set, MarginPlan plan, RequirementCalculator? requirements, IBackend backend, IProgress<long>? scenariosDone, CancellationToken cancellation)
    {
        try
        {
            return backend.Run(requirements?.Plan ?? plan, scenariosDone, cancellation);
        }
        catch (NonFiniteProfitAndLossException exception)
        {
            throw NotFinite(set, new NonFiniteProfitAndLossException(requirements?.AccountOf(exception.Account) ?? exception.Account, exception.Scenario));
        }
    }

    /// <summary>The refusal of a set whose P&amp;L overflows, for callers that visit P&amp;L themselves.</summary>
    public static RefusedInputException NotFinite(ClearingSet set, NonFiniteProfitAndLossException exception)
    {
        string range = set.Settings.Precision == Precision.Mixed
            ? "a P&L within the range of single precision in every scenario, or settings.Precision double"
            : "a P&L within the range of double precision in every scenario";
        return new RefusedInputException(
            [new Fault("positions.csv", null, "account", set.Accounts[exception.Account], $"{range}; scenario {exception.Scenario.ToString(CultureInfo.InvariantCulture)} is beyond it")]);
    }

    internal static AccountMargin[] Measure(ClearingSet set, MarginPlan plan, QuantileRanks ranks, EngineResult result) =>
        Measure(set, plan, ranks, [.. Enumerable.Range(0, set.Accounts.Count)], result.Tails);

    /// <param name="accounts">Those measured, numbers in the set.</param>
    /// <param name="tails">Of each of them.</param>
    internal static AccountMargin[] Measure(
        ClearingSet set, MarginPlan plan, QuantileRanks ranks, IReadOnlyList<int> accounts, IReadOnlyList<LossTail> tails)
    {
        double[] values = plan.Positions.Values(plan.Instruments);
        ScenarioWeights weights = new(plan.Scenarios);
        // Computed once each where that is less work than once per account and tail scenario.
        bool each = weights.Vary && (long)accounts.Count * plan.TailLength > plan.Scenarios.Scenarios;
        double[] table = each ? weights.First(plan.Scenarios.Scenarios) : [];
        Converter<int, double> weight = each ? scenario => table[scenario] : weights.Of;
        AccountMargin[] margins = new AccountMargin[accounts.Count];
        Parallel.For(0, margins.Length, () => default(LossTail), (i, _, memory) =>
        {
            int account = accounts[i];
            LossTail tail = StoredTails.Read(tails, i, memory);
            (Estimate valueAtRisk, Estimate shortfall) = Measure(tail, ranks, weights, weight);
            margins[i] = new AccountMargin(
                set.Accounts[account],
                plan.Positions.Count(account),
                values[account],
                valueAtRisk,
                shortfall,
                Math.Max(shortfall.Value, 0));
            return tail;
        }, _ => { });
        return margins;
    }

    static (Estimate ValueAtRisk, Estimate ExpectedShortfall) Measure(
        LossTail tail, QuantileRanks ranks, ScenarioWeights weights, Converter<int, double> weight) =>
        weights is { Vary: false, Randomizations: 0 }
            ? (ValueAtRisk.Estimate(tail.Losses, ranks), ExpectedShortfall.Estimate(tail.Losses, ranks))
            : WeightedTail.Estimate(
                tail.Losses,
                weights.Vary ? Array.ConvertAll(tail.Scenarios, weight) : [],
                tail.Scenarios,
                weights.Randomizations,
                ranks);

    internal static IEnumerable<string> Warnings(RunSettings settings, QuantileRanks ranks)
    {
        if (settings is { Importance: Importance.On, Copula.Family: CopulaFamily.Gaussian })
        {
            yield return "Importance sampling is on and has no effect: it acts on the chi-square of the t copula, and the copula is Gaussian. All weights are 1.";
        }

        if (!ranks.HasUpperBound)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{ranks.Scenarios} scenarios are too few for an upper 95 % bound of value at risk at {ranks.Confidence}: var_high is the largest loss of the sample; {Math.Ceiling(QuantileRanks.ScenariosForUpperBound(ranks.Confidence))} would do.");
        }
    }
}
