using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Benchmarks.Accuracy;

/// <summary>Margins of a set by seed, for each way to draw scenarios.</summary>
static class SeededMargins
{
    public static IReadOnlyList<(string Name, Sampling Sampling, Importance Importance)> Methods { get; } =
    [
        ("philox", Sampling.Philox, Importance.Off),
        ("importance", Sampling.Philox, Importance.On),
        ("sobol", Sampling.Sobol, Importance.Off),
        ("sobol+importance", Sampling.Sobol, Importance.On),
    ];

    /// <summary>The margins by seed. Everything in the plan but the seed is planned once.</summary>
    public static Func<ulong, IReadOnlyList<AccountMargin>> Of(ClearingSet set, int scenarios, Sampling sampling, Importance importance)
    {
        set = set with { Settings = set.Settings with { Scenarios = scenarios, Sampling = sampling, Importance = importance } };
        ValuationRun plan = MarginCalculator.Plan(set);
        QuantileRanks ranks = QuantileRanks.For(scenarios, set.Settings.Confidence);
        CpuBackend backend = new();
        return seed =>
        {
            ValuationRun seeded = plan with { Source = ((ScenarioPlan)plan.Source) with { Seed = seed } };
            return AccountMeasures.Of(set, seeded, ranks, backend.Run(seeded).Tails);
        };
    }
}
