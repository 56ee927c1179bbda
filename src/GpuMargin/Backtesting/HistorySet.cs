using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;

namespace GpuMargin.Backtesting;

/// <summary>A price history, the instruments on its columns and who held them: what margins are recomputed from day by day.</summary>
public sealed record HistorySet
{
    /// <summary>Of run.json; asOf is the day whose prices the strikes are relative to, and the copula is each day's own.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>With a date for every return.</summary>
    public required ReturnHistory History { get; init; }

    /// <summary>As of <see cref="RunSettings.AsOf"/>; factors are the history's columns and, behind them, their volatility factors.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>By column of the history: the level that the strikes are relative to.</summary>
    public required IReadOnlyList<double> ReferenceLevels { get; init; }

    public required DatedBook Book { get; init; }

    /// <summary>Whether an instrument is moved by a volatility factor, so that each day has to calibrate them.</summary>
    public bool HasVolatilityFactors => Instruments.Any(instrument => instrument.VolatilityFactor >= 0);
}
