using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;

namespace GpuMargin.Benchmarks.Inputs;

/// <summary>The set of job S, the size of an options clearing house's overnight run; made once and shared by all suites.</summary>
static class SetS
{
    public const int Factors = 500;
    public const int Instruments = 10_000;
    public const int Accounts = 5_000;
    public const int PositionsPerAccount = 200;
    public const int Scenarios = 10_000;

    /// <summary>Scenarios that the engine walks together.</summary>
    public const int Tile = 64;

    public const int Positions = Accounts * PositionsPerAccount;

    static readonly Lazy<ClearingSet> s_set = new(() => SyntheticClearingSet.Generate(new SyntheticOptions
    {
        Factors = Factors,
        Instruments = Instruments,
        Accounts = Accounts,
        PositionsPerAccount = PositionsPerAccount,
        Scenarios = Scenarios,
    }));

    static readonly Lazy<ValuationRun> s_plan = new(() => MarginCalculator.Plan(s_set.Value));

    public static ClearingSet Set(Precision precision = Precision.Mixed, int scenarios = Scenarios) =>
        s_set.Value with { Settings = s_set.Value.Settings with { Precision = precision, Scenarios = scenarios } };

    public static ValuationRun Plan => s_plan.Value;
}
