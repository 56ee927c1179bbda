using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;
using GpuMargin.Scenarios;

namespace GpuMargin.Aggregation;

/// <summary>Everything a backend needs, as plain arrays; nothing in it grows with the number of scenarios.</summary>
public sealed record MarginPlan
{
    public required Precision Precision { get; init; }

    public required ScenarioPlan Scenarios { get; init; }

    public required InstrumentPlan Instruments { get; init; }

    public required PositionRows Positions { get; init; }

    /// <summary>Worst losses kept per row: enough for the quantiles and their intervals.</summary>
    public required int TailLength { get; init; }

    /// <summary>Accounts, from the first on, whose P&amp;L the fingerprint covers; all when nothing is said.</summary>
    public int? FingerprintAccounts { get; init; }
}
