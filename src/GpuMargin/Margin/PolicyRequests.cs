using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin;

/// <summary>What the policy's components ask to be measured of every book, and how they read it.</summary>
sealed class PolicyRequests
{
    readonly MarginPolicy policy;
    readonly MeasureHandle baseMeasure;
    readonly MeasureHandle classes;
    readonly MeasureHandle dependence, estimated, perfect, zero;
    readonly MeasureHandle concentration, worst, second, rest;
    readonly MeasureHandle longRun;
    readonly MeasureHandle? stressed;

    public PolicyRequests(ClearingSet set)
    {
        policy = set.Policy!;
        decimal confidence = policy.Base.Confidence ?? set.Settings.Confidence;
        baseMeasure = Base(ModelSource.Estimated, BookPart.Whole);
        if (policy.OffsetLimit is not null)
        {
            classes = Base(ModelSource.Estimated, BookPart.ProductClasses);
        }

        if (policy.Dependence is { } d)
        {
            const string Extreme = "dependence.extremeConfidence";
            dependence = Shortfall(ModelSource.Estimated, BookPart.Whole, d.Confidence, "dependence.confidence");
            estimated = Shortfall(ModelSource.Estimated, BookPart.Whole, d.ExtremeConfidence, Extreme);
            perfect = Shortfall(ModelSource.PerfectCorrelation, BookPart.Whole, d.ExtremeConfidence, Extreme);
            zero = Shortfall(ModelSource.ZeroCorrelation, BookPart.Whole, d.ExtremeConfidence, Extreme);
        }

        if (policy.Concentration is { } c)
        {
            concentration = Shortfall(ModelSource.Estimated, BookPart.Whole, c.Confidence, "concentration.confidence");
            worst = Shortfall(ModelSource.Estimated, BookPart.WorstSubBook, c.ExtremeConfidence, "concentration.extremeConfidence");
            second = Shortfall(ModelSource.Estimated, BookPart.SecondSubBook, c.ExtremeConfidence, "concentration.extremeConfidence");
            rest = Shortfall(ModelSource.Estimated, BookPart.Remainder, c.Confidence, "concentration.confidence");
        }

        if (policy.Stress is not null && set.Stress.Model is not null)
        {
            stressed = Base(ModelSource.StressModel, BookPart.Whole);
        }

        if (policy.LongRunFloor)
        {
            longRun = Base(ModelSource.LongRunVariance, BookPart.Whole);
        }

        MeasureHandle Base(ModelSource source, BookPart part) => Requests.Measure(source, part, policy.Base.Measure, confidence, "base.confidence");
        MeasureHandle Shortfall(ModelSource source, BookPart part, decimal level, string key) =>
            Requests.Measure(source, part, RiskMeasure.ExpectedShortfall, level, key);
    }

    public RunRequests Requests { get; } = new();

    /// <summary>The measures of a book as its components read them.</summary>
    /// <param name="move">Largest loss over the moves of stress.csv, where there is no stress model.</param>
    public SimulatedRisk Risk(BookMeasures measures, double move)
    {
        SimulatedRisk risk = new()
        {
            Base = measures[baseMeasure],
            Stressed = stressed is { } handle ? measures[handle] : move,
            LongRun = policy.LongRunFloor ? measures[longRun] : 0,
        };
        if (policy.OffsetLimit is not null)
        {
            double sum = 0;
            foreach (RiskMeasures.Estimate estimate in measures.Classes(classes))
            {
                sum += Math.Max(0, estimate.Value);
            }

            risk = risk with { SumOfClasses = sum };
        }

        if (policy.Dependence is not null)
        {
            risk = risk with
            {
                DependenceShortfall = measures[dependence],
                Estimated = measures[estimated],
                Perfect = measures[perfect],
                Zero = measures[zero],
            };
        }

        return policy.Concentration is null ? risk : risk with
        {
            ConcentrationShortfall = measures[concentration],
            Worst = measures[worst],
            Second = measures[second],
            Rest = measures[rest],
        };
    }
}
