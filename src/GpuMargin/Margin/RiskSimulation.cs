using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Revaluation;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>The simulations behind a policy's components. Every run has the seed, and so the random numbers, of the first.</summary>
/// <param name="set">With simulated collateral joined.</param>
/// <param name="instruments">Of that set.</param>
/// <param name="scenarios">The model of the run.</param>
sealed class RiskSimulation(
    ClearingSet set, InstrumentPlan instruments, ScenarioPlan scenarios, IReadOnlyList<Book> books, IBackend backend, CancellationToken cancellation)
{
    readonly PolicyRanks ranks = new(set);
    readonly BookRows rows = new(set, instruments, books);
    readonly List<StageTime> stages = [];

    public IReadOnlyList<StageTime> Stages => stages;

    /// <param name="accounts">The accounts' rows and tails of a run of these instruments that was made already, if there is one: where every book is one account's positions unscaled they are the books'.</param>
    public SimulatedRisk[] Run((PositionRows Rows, IReadOnlyList<LossTail> Tails)? accounts)
    {
        MarginPolicy policy = set.Policy!;
        bool known = accounts is not null && Array.TrueForAll(rows.Scale, scale => scale == 1)
            && books.Count == accounts.Value.Rows.Accounts && books.Index().All(book => book.Item.Account == book.Index);
        PositionRows totals = known ? accounts!.Value.Rows : rows.Totals.Rows(instruments);
        IReadOnlyList<LossTail> tails = known ? accounts!.Value.Tails : Tails(scenarios, totals, "books");
        SimulatedRisk[] risks = new SimulatedRisk[books.Count];
        TailMeasures measures = new(scenarios);
        Parallel.For(0, risks.Length, b =>
        {
            LossTail tail = tails[b];
            risks[b] = new SimulatedRisk
            {
                Base = measures.Of(tail, policy.Base.Measure, ranks.Base),
                DependenceShortfall = Shortfall(measures, tail, policy.Dependence?.Confidence),
                Estimated = Shortfall(measures, tail, policy.Dependence?.ExtremeConfidence),
                ConcentrationShortfall = Shortfall(measures, tail, policy.Concentration?.Confidence),
            };
        });
        AddParts(risks, measures);
        if (policy.Dependence is { } dependence)
        {
            Add(risks, Tails(Correlations.Perfect(scenarios), totals, "perfect correlation"),
                (risk, tail) => risk with { Perfect = Shortfall(measures, tail, dependence.ExtremeConfidence) });
            Add(risks, Tails(Correlations.Zero(scenarios), totals, "zero correlation"),
                (risk, tail) => risk with { Zero = Shortfall(measures, tail, dependence.ExtremeConfidence) });
        }

        AddStress(risks, totals);
        if (policy.LongRunFloor)
        {
            AddLongRun(risks, totals);
        }

        return risks;
    }

    // A book that is one class or one sub-book is its own part.
    void AddParts(SimulatedRisk[] risks, TailMeasures measures)
    {
        MarginPolicy policy = set.Policy!;
        IReadOnlyList<LossTail> parts = rows.Parts.Count == 0 ? [] : Tails(scenarios, rows.Parts.Rows(instruments), "sub-books");
        Parallel.For(0, risks.Length, b =>
        {
            double sum = rows.Classes[b].Length == 0
                ? Math.Max(0, risks[b].Base)
                : rows.Classes[b].Sum(row => Math.Max(0, measures.Of(parts[row], policy.Base.Measure, ranks.Base)));
            risks[b] = risks[b] with { SumOfClasses = sum };
            if (policy.Concentration is { } concentration)
            {
                risks[b] = risks[b] with
                {
                    Worst = Part(rows.SubBooks[b][0], concentration.ExtremeConfidence),
                    Second = Part(rows.SubBooks[b][1], concentration.ExtremeConfidence),
                    Rest = Part(rows.SubBooks[b][2], concentration.Confidence),
                };
            }
        });

        double Part(int row, decimal confidence) => row < 0 ? 0 : Shortfall(measures, parts[row], confidence);
    }

    void AddStress(SimulatedRisk[] risks, PositionRows totals)
    {
        if (set.Policy!.Stress is null)
        {
            return;
        }

        if (set.Stress.Model is { } model)
        {
            ScenarioPlan stressed = ScenarioPlanner.Plan(set.Settings with { Copula = model.Copula }, model.Factors, model.Correlation, set.Policy.Depegs);
            TailMeasures measures = new(stressed);
            Add(risks, Tails(stressed, totals, "stress model"), (risk, tail) => risk with { Stressed = measures.Of(tail, set.Policy.Base.Measure, ranks.Base) });
        }
        else
        {
            double[] losses = StressLosses.Largest(set, instruments, books);
            for (int b = 0; b < risks.Length; b++)
            {
                risks[b] = risks[b] with { Stressed = losses[b] };
            }
        }
    }

    void AddLongRun(SimulatedRisk[] risks, PositionRows totals)
    {
        if (set.Factors.All(factor => factor.Variance >= factor.LongRunVariance))
        {
            Array.ForEach(Enumerable.Range(0, risks.Length).ToArray(), b => risks[b] = risks[b] with { LongRun = risks[b].Base });
            return;
        }

        ScenarioPlan raised = ScenarioPlanner.Plan(
            set.Settings,
            [.. set.Factors.Select(factor => factor with { Variance = Math.Max(factor.Variance, factor.LongRunVariance) })],
            set.Correlation,
            set.Policy!.Depegs);
        TailMeasures measures = new(raised);
        Add(risks, Tails(raised, totals, "long-run volatility"), (risk, tail) => risk with { LongRun = measures.Of(tail, set.Policy.Base.Measure, ranks.Base) });
    }

    double Shortfall(TailMeasures measures, LossTail tail, decimal? confidence) =>
        confidence is { } alpha ? measures.ExpectedShortfallOf(tail, ranks.Of(alpha)) : 0;

    static void Add(SimulatedRisk[] risks, IReadOnlyList<LossTail> tails, Func<SimulatedRisk, LossTail, SimulatedRisk> with) =>
        Parallel.For(0, risks.Length, b => risks[b] = with(risks[b], tails[b]));

    IReadOnlyList<LossTail> Tails(ScenarioPlan model, PositionRows positions, string stage)
    {
        long start = Stopwatch.GetTimestamp();
        int length = ranks.TailLength(model);
        RunMemory.Check(set.Settings, positions.Accounts, length);
        try
        {
            return backend.Run(
                new MarginPlan
                {
                    Precision = set.Settings.Precision,
                    Scenarios = model,
                    Instruments = instruments,
                    Positions = positions,
                    TailLength = length,
                    Fingerprint = false,
                },
                null,
                cancellation).Tails;
        }
        catch (NonFiniteProfitAndLossException exception)
        {
            string range = set.Settings.Precision == Precision.Mixed ? "single precision; --precision double reaches further" : "double precision";
            throw new RefusedInputException([new Fault("policy.json", null, stage, $"a P&L that is not finite in scenario {exception.Scenario}", $"a P&L within the range of {range}")]);
        }
        finally
        {
            stages.Add(new StageTime(stage, Stopwatch.GetElapsedTime(start).TotalSeconds));
        }
    }
}
