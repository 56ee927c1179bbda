using System.Diagnostics;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Revaluation;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>The simulations behind a policy's components. Every run has the seed, and so the random numbers, of the first.</summary>
/// <param name="set">With simulated collateral joined.</param>
/// <param name="instruments">Of that set.</param>
/// <param name="scenarios">The model of the run.</param>
/// <param name="accounts">The accounts' rows in a run of these instruments, if there is one.</param>
sealed class RiskSimulation(
    ClearingSet set,
    InstrumentPlan instruments,
    ScenarioPlan scenarios,
    IReadOnlyList<Book> books,
    PositionRows? accounts,
    IBackend backend,
    CancellationToken cancellation)
{
    readonly PolicyRanks ranks = new(set);
    readonly BookRows rows = new(set, instruments, books, accounts);
    readonly List<StageTime> stages = [];

    public IReadOnlyList<StageTime> Stages => stages;

    /// <summary>The accounts' plan with the rows of the books' parts behind them; the same where the books are simulated apart.</summary>
    public MarginPlan Extend(MarginPlan plan)
    {
        if (!rows.AreAccounts)
        {
            return plan;
        }

        PositionRows all = rows.WithParts();
        RunMemory.Check(set.Settings, all.Rows, plan.TailLength);
        return plan with { Positions = all, FingerprintAccounts = plan.Positions.Accounts };
    }

    /// <summary>Account of a row of the extended plan.</summary>
    public int AccountOf(int row) => rows.AreAccounts ? rows.TotalOf(row) : row;

    /// <param name="extended">Tails of the extended plan.</param>
    public SimulatedRisk[] Run(IReadOnlyList<LossTail> extended)
    {
        MarginPolicy policy = set.Policy!;
        IReadOnlyList<LossTail> tails = rows.AreAccounts ? extended : Tails(scenarios, rows.WithParts(), ranks.TailLength(scenarios), "books");
        SimulatedRisk[] risks = new SimulatedRisk[books.Count];
        TailMeasures measures = new(scenarios);
        Parallel.For(0, risks.Length, () => (Total: default(LossTail), Part: default(LossTail)), (b, _, memory) =>
        {
            risks[b] = Estimated(b, tails, measures, ref memory.Total, ref memory.Part);
            return memory;
        }, _ => { });
        if (policy.Dependence is { } dependence)
        {
            QuantileRanks extreme = ranks.Of(dependence.ExtremeConfidence);
            Add(risks, Correlations.Perfect(scenarios), extreme, "perfect correlation",
                (risk, tail) => risk with { Perfect = measures.ExpectedShortfallOf(tail, extreme) });
            Add(risks, Correlations.Zero(scenarios), extreme, "zero correlation",
                (risk, tail) => risk with { Zero = measures.ExpectedShortfallOf(tail, extreme) });
        }

        AddStress(risks);
        if (policy.LongRunFloor)
        {
            AddLongRun(risks);
        }

        return risks;
    }

    // A book that is one class or one sub-book is its own part.
    // total, part: read before and overwritten.
    SimulatedRisk Estimated(int book, IReadOnlyList<LossTail> tails, TailMeasures measures, ref LossTail total, ref LossTail part)
    {
        MarginPolicy policy = set.Policy!;
        LossTail tail = total = StoredTails.Read(tails, rows.Total(book), total);
        double baseMeasure = measures.Of(tail, policy.Base.Measure, ranks.Base);
        int[] classes = rows.Classes[book], subBooks = rows.SubBooks[book];
        double sumOfClasses = classes.Length == 0 ? Math.Max(0, baseMeasure) : 0;
        foreach (int row in classes)
        {
            part = StoredTails.Read(tails, row, part);
            sumOfClasses += Math.Max(0, measures.Of(part, policy.Base.Measure, ranks.Base));
        }

        SimulatedRisk risk = new()
        {
            Base = baseMeasure,
            SumOfClasses = sumOfClasses,
            DependenceShortfall = Shortfall(measures, tail, policy.Dependence?.Confidence),
            Estimated = Shortfall(measures, tail, policy.Dependence?.ExtremeConfidence),
        };
        return policy.Concentration is not { } concentration ? risk : risk with
        {
            ConcentrationShortfall = Shortfall(measures, tail, concentration.Confidence),
            Worst = Part(subBooks[0], concentration.ExtremeConfidence, ref part),
            Second = Part(subBooks[1], concentration.ExtremeConfidence, ref part),
            Rest = Part(subBooks[2], concentration.Confidence, ref part),
        };

        double Part(int row, decimal confidence, ref LossTail memory)
        {
            if (row < 0)
            {
                return 0;
            }

            memory = StoredTails.Read(tails, row, memory);
            return Shortfall(measures, memory, confidence);
        }
    }

    void AddStress(SimulatedRisk[] risks)
    {
        if (set.Policy!.Stress is null)
        {
            return;
        }

        if (set.Stress.Model is { } model)
        {
            ScenarioPlan stressed = ScenarioPlanner.Plan(set.Settings with { Copula = model.Copula }, model.Factors, model.Correlation, set.Policy.Depegs);
            TailMeasures measures = new(stressed);
            Add(risks, stressed, ranks.Base, "stress model", (risk, tail) => risk with { Stressed = measures.Of(tail, set.Policy.Base.Measure, ranks.Base) });
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

    void AddLongRun(SimulatedRisk[] risks)
    {
        if (set.Factors.All(factor => factor.Variance >= factor.LongRunVariance))
        {
            for (int b = 0; b < risks.Length; b++)
            {
                risks[b] = risks[b] with { LongRun = risks[b].Base };
            }

            return;
        }

        ScenarioPlan raised = ScenarioPlanner.WithVariances(
            scenarios, [.. set.Factors.Select(factor => factor with { Variance = Math.Max(factor.Variance, factor.LongRunVariance) })]);
        TailMeasures measures = new(raised);
        Add(risks, raised, ranks.Base, "long-run volatility", (risk, tail) => risk with { LongRun = measures.Of(tail, set.Policy!.Base.Measure, ranks.Base) });
    }

    double Shortfall(TailMeasures measures, LossTail tail, decimal? confidence) =>
        confidence is { } alpha ? measures.ExpectedShortfallOf(tail, ranks.Of(alpha)) : 0;

    // Books under another model.
    void Add(SimulatedRisk[] risks, ScenarioPlan model, QuantileRanks read, string stage, Func<SimulatedRisk, LossTail, SimulatedRisk> with)
    {
        IReadOnlyList<LossTail> tails = Tails(model, rows.Totals, TailMeasures.Length(model, read), stage);
        Parallel.For(0, risks.Length, () => default(LossTail), (b, _, memory) =>
        {
            memory = StoredTails.Read(tails, rows.Total(b), memory);
            risks[b] = with(risks[b], memory);
            return memory;
        }, _ => { });
    }

    IReadOnlyList<LossTail> Tails(ScenarioPlan model, PositionRows positions, int length, string stage)
    {
        long start = Stopwatch.GetTimestamp();
        RunMemory.Check(set.Settings, positions.Rows, length);
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
                    FingerprintAccounts = 0,
                },
                null,
                cancellation).Tails;
        }
        catch (NonFiniteProfitAndLossException exception)
        {
            string range = set.Settings.Precision == Precision.Mixed ? "single precision; settings.Precision double reaches further" : "double precision";
            throw new RefusedInputException([new Fault("policy.json", null, stage, $"a P&L that is not finite in scenario {exception.Scenario}", $"a P&L within the range of {range}")]);
        }
        finally
        {
            stages.Add(new StageTime(stage, Stopwatch.GetElapsedTime(start).TotalSeconds));
        }
    }
}
