using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>One row of margins.csv; money in run currency.</summary>
/// <param name="Positions">Instruments held after merging rows, zero quantities left out.</param>
/// <param name="Value">Today's value of what is held; futures and perpetuals are settled and count zero.</param>
/// <param name="Margin">Amount required, never below zero.</param>
public sealed record AccountMargin(
    string Account,
    int Positions,
    double Value,
    Estimate ValueAtRisk,
    Estimate ExpectedShortfall,
    double Margin)
{
    /// <summary>Scenarios of the estimates where that is each account's own matter, with a target error; else <see langword="null"/>.</summary>
    public int? Scenarios { get; init; }

    /// <summary>Requirement of the netting set that begins with this account; <see langword="null"/> without a policy and for its other accounts.</summary>
    public Requirement? Requirement { get; init; }
}
