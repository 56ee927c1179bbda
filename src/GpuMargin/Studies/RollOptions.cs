using GpuMargin.Calibration;

namespace GpuMargin.Studies;

/// <summary>What is rolled and how.</summary>
public sealed record RollOptions
{
    /// <summary>First day; a day of the history or the next one after it.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last day, if it is one of the history, else the one before it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Calibration of every day; volatility factors are added where an instrument needs them.</summary>
    public CalibrationOptions Calibration { get; init; } = new();

    /// <summary>Each day is calibrated to the last so many returns known; to all when <see langword="null"/>.</summary>
    public int? Window { get; init; }

    /// <summary>Days computed side by side; 0: one per logical processor. Changes no result.</summary>
    public int Threads { get; init; }

    /// <summary>Volatility after over before of a step on the first day, whose response is measured too; none when <see langword="null"/>.</summary>
    public double? VolatilityStep { get; init; }
}
