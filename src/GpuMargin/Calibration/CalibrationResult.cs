namespace GpuMargin.Calibration;

/// <summary>The model part of a clearing set, estimated from a history.</summary>
public sealed record CalibrationResult
{
    public required CalibrationOptions Options { get; init; }

    /// <summary>Factors in the order of the history's columns.</summary>
    public required IReadOnlyList<FactorCalibration> Factors { get; init; }

    /// <summary>Days by which variances are annualised: the option's, or those that the dates tell.</summary>
    public required double DaysPerYear { get; init; }

    public required DependenceCalibration Dependence { get; init; }

    /// <summary>Warnings of the dependence, the factors in order and the history; empty when all is well.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
