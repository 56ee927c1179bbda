using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Studies;

/// <summary>A price history, the instruments on its columns and who held them: what margins are recomputed from day by day.</summary>
public sealed record HistorySet
{
    /// <summary>Settings of run.json; asOf is the day whose prices the strikes are relative to, and the copula is each day's own.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>History with a date for every return.</summary>
    public required ReturnHistory History { get; init; }

    /// <summary>Instruments as of <see cref="RunSettings.AsOf"/>; factors are the history's columns and, behind them, the volatility factors of those prices that have none among them.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>Levels by column of the history, those that the strikes are relative to.</summary>
    public required IReadOnlyList<double> ReferenceLevels { get; init; }

    public required DatedBook Book { get; init; }

    /// <summary>Applied on every day; <see langword="null"/> without policy.json.</summary>
    public MarginPolicy? Policy { get; init; }

    /// <summary>One per account of <see cref="Book"/>; empty without accounts.csv.</summary>
    public IReadOnlyList<AccountTerms> AccountTerms { get; init; } = [];

    /// <summary>The same quantities on every day, at its prices.</summary>
    public IReadOnlyList<CollateralHolding> Collateral { get; init; } = [];

    /// <summary>Liquidity with the dates since when it is known.</summary>
    public LiquidityTable Liquidity { get; init; } = LiquidityTable.Empty;

    /// <summary>Moves of stress.csv, the same on every day.</summary>
    public StressSet Stress { get; init; } = new();

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether an instrument is moved by a volatility factor that is no column of the history, so that each day has to calibrate them.</summary>
    public bool HasVolatilityFactors => Instruments.Any(instrument =>
        instrument.VolatilityFactor >= History.Factors.Count || instrument.Surface?.Pivots.Any(pivot => pivot.Factor >= History.Factors.Count) == true);
}
