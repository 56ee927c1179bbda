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

    /// <summary>Worst losses kept per account: enough for the quantiles and their intervals.</summary>
    public required int TailLength { get; init; }

    /// <summary>Whether the result carries the fingerprint of the P&amp;L; a backend may compute it all the same.</summary>
    public bool Fingerprint { get; init; } = true;
}
