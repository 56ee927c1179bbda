using GpuMargin.ClearingSets;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>A source of scenarios that margin components ask for, defined once by its name.</summary>
/// <remarks>Runs of all sources have the seed, and so the random numbers, of the estimated model.</remarks>
/// <param name="Name">Of messages and timings; sources with the same name are one.</param>
/// <param name="Create">The source of a set, from the estimated one or the set itself; the estimated one where it is no other.</param>
sealed record ModelSource(string Name, Func<ClearingSet, ScenarioSource, CancellationToken, ScenarioSource> Create)
{
    /// <summary>The model that the set's parameters describe.</summary>
    public static ModelSource Estimated { get; } = new(ScenarioSource.Estimated, (_, estimated, _) => estimated);

    /// <summary>Every correlation 1: all factors follow the first normal. A t copula keeps its mixing variable.</summary>
    public static ModelSource PerfectCorrelation { get; } = new(
        "perfect correlation", (_, estimated, _) => WithCorrelation(Simulated(estimated), (_, component) => component == 0 ? 1 : 0));

    /// <summary>Perfect correlation with every volatility factor on the other side: prices and rates follow the first normal, volatilities its negative.</summary>
    public static ModelSource ReversedVolatility { get; } = new(
        "perfect correlation, volatility reversed", (set, estimated, _) => WithCorrelation(
            Simulated(estimated), (factor, component) => component > 0 ? 0 : set.Factors[factor].Kind == RiskFactorKind.Volatility ? -1 : 1));

    /// <summary>Every correlation 0: each factor follows its own normal. The factors of a t copula still share its mixing variable.</summary>
    public static ModelSource ZeroCorrelation { get; } = new(
        "zero correlation", (_, estimated, _) => WithCorrelation(Simulated(estimated), (factor, component) => component == factor ? 1 : 0));

    /// <summary>The set's stress model.</summary>
    public static ModelSource StressModel { get; } = new("stress model", (set, estimated, cancellation) =>
        set.Stress.Model is { } model
            ? ScenarioPlanner.Plan(set.Settings with { Copula = model.Copula, HorizonDays = estimated.Horizon }, model.Factors, model.Correlation, set.Policy!.Depegs, null, cancellation)
            : throw new InvalidOperationException("The set has no stress model."));

    /// <summary>Every factor's first variance at its long-run level or above.</summary>
    public static ModelSource LongRunVariance { get; } = new("long-run volatility", (set, estimated, _) =>
        set.Factors.All(factor => factor.Variance >= factor.LongRunVariance)
            ? estimated
            : ScenarioPlanner.WithVariances(
                Simulated(estimated), [.. set.Factors.Select(factor => factor with { Variance = Math.Max(factor.Variance, factor.LongRunVariance) })]));

    /// <summary>The source of a set, under the definition's name unless it is the estimated model itself.</summary>
    public ScenarioSource Of(ClearingSet set, ScenarioSource estimated, CancellationToken cancellation = default)
    {
        ScenarioSource source = Create(set, estimated, cancellation);
        return ReferenceEquals(source, estimated) ? source : source with { Name = Name };
    }

    static ScenarioPlan Simulated(ScenarioSource estimated) => estimated as ScenarioPlan
        ?? throw new RefusedInputException([new Fault("policy.json", null, null, estimated.Name, "scenarios drawn from a model: given ones have no correlation or variance to change")]);

    static ScenarioPlan WithCorrelation(ScenarioPlan plan, Func<int, int, double> element)
    {
        bool square = plan.Sobol is not null;
        int n = plan.Factors;
        double[] elements = new double[square ? n * n : n * (n + 1) / 2];
        for (int factor = 0, next = 0; factor < n; factor++)
        {
            for (int component = 0; component < (square ? n : factor + 1); component++)
            {
                elements[next++] = element(factor, component);
            }
        }

        return square ? plan with { Sobol = plan.Sobol! with { Loadings = elements } } : plan with { CorrelationFactor = elements };
    }
}
