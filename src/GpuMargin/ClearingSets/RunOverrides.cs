namespace GpuMargin.ClearingSets;

/// <summary>Settings of the caller that override keys of run.json; <see langword="null"/> keeps the file's value.</summary>
public sealed record RunOverrides
{
    public int? Scenarios { get; init; }

    public ulong? Seed { get; init; }

    public decimal? Confidence { get; init; }

    public int? HorizonDays { get; init; }

    public Precision? Precision { get; init; }

    public Sampling? Sampling { get; init; }

    public Importance? Importance { get; init; }

    public Fingerprint? Fingerprint { get; init; }

    public decimal? TargetError { get; init; }

    public int? MaxScenarios { get; init; }

    /// <summary>Replace a correlation matrix that is not positive semi-definite by the nearest one (Higham with Dykstra).</summary>
    public bool RepairCorrelation { get; init; }

    /// <summary>Take model files that are not those of the calibration.json beside them.</summary>
    public bool EditedModel { get; init; }
}
