using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration.History;

/// <summary>Returns of all factors on the same days, without gaps.</summary>
public sealed record ReturnHistory
{
    /// <summary>Fewest returns that are calibrated to; a volatility from fewer is not worth its name.</summary>
    public const int ReturnsAtLeast = 20;

    /// <summary>End of each return's day, increasing; a date alone means 16:00:00Z. Empty when the file has no dates.</summary>
    public IReadOnlyList<DateTimeOffset> Dates { get; init; } = [];

    public required IReadOnlyList<string> Factors { get; init; }

    /// <summary>What each column is; when empty, F.vol beside F is a volatility and every other column a price.</summary>
    public IReadOnlyList<RiskFactorKind> Kinds { get; init; } = [];

    /// <summary>[day, factor]: log-returns of prices and volatilities, differences of additive columns, or the file's returns in their unit.</summary>
    public required double[,] Returns { get; init; }

    /// <summary>[day, factor]: price at the end of each return's day; <see langword="null"/> when the file has returns.</summary>
    public double[,]? Levels { get; init; }

    /// <summary>Last price by factor, NaN where none is known; empty when none is.</summary>
    public IReadOnlyList<double> LastLevels { get; init; } = [];

    /// <summary>Days of the whole file that were left out because a factor had no value.</summary>
    public int DaysDropped { get; init; }

    /// <summary>Values of the whole file that were filled forward.</summary>
    public int ValuesFilled { get; init; }

    /// <summary>What is suspect but was used: stale runs, outliers, and what the policy for missing values did; in file order.</summary>
    public IReadOnlyList<Fault> Warnings { get; init; } = [];

    internal RiskFactorKind[] KindOfEach() => Kinds.Count > 0 ? [.. Kinds] : HistoryKinds.Of(Factors, []);

    /// <summary>Name, size and hash of the file; the name stands for a history built in memory too.</summary>
    public InputFile Input { get; init; } = new("history", 0, "");
}
