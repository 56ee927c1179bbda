namespace GpuMargin.ClearingSets;

/// <summary>One margin run's input, validated and with names resolved to indices.</summary>
public sealed record ClearingSet
{
    public required RunSettings Settings { get; init; }

    public required IReadOnlyList<RiskFactor> Factors { get; init; }

    /// <summary>Copula correlation, symmetric with unit diagonal and positive semi-definite; [factor, factor].</summary>
    public required double[,] Correlation { get; init; }

    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>Account names in order of first appearance in positions.csv.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    public required PositionTable Positions { get; init; }

    /// <summary>The files read, ordered by name; empty for a set built in memory.</summary>
    public IReadOnlyList<InputFile> Inputs { get; init; } = [];

    /// <summary>What a reader of the run record should know, such as a repaired correlation matrix.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
