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
    /// <summary>Whether the tail bears the interval of expected shortfall; false: it is wrong more often than 8 times in 100, mostly too low, or the sample cannot tell.</summary>
    public bool ExpectedShortfallTrusted { get; init; } = true;

    /// <summary>Share of expected shortfall that one scenario makes up.</summary>
    internal double LargestShare { get; init; }

    /// <summary>Number of the scenario with the largest loss.</summary>
    internal int WorstScenario { get; init; }

    /// <summary>Scenarios of the estimates where that is each account's own matter, with a target error; else <see langword="null"/>.</summary>
    public int? Scenarios { get; init; }

    /// <summary>Requirement of the netting set that begins with this account; <see langword="null"/> without a policy and for its other accounts.</summary>
    public Requirement? Requirement { get; init; }
}
