namespace GpuMargin.ClearingSets.Policy;

/// <summary>Portfolio margin of the crypto venues: the worst P&amp;L over price moves × volatility moves, plus roll shock. Replaces nothing; a component of its own.</summary>
/// <remarks>
/// Price moves s = ±<see cref="Range"/> · k / <see cref="Steps"/>, k = 0 … steps, of every underlying alike, each with the volatility moved up, unchanged and down:
/// σ' = σ · (1 + up · (reference / days)^p) and σ · (1 − down · (reference / days)^p), days to expiry at least 1, p the power of short or long expiries; σ' is not negative.
/// Parameters of Deribit's segregated portfolio margin for BTC: range 0.16, 4 steps, up 0.5, down 0.25, powers 0.3 and 0.13, minimum volatility up 0.5,
/// extended moves −0.66, −0.33, 0.5, 1, 2, 3, 4 and 5 with volatility moved up (Deribit, Portfolio Margin).
/// </remarks>
public sealed record ScenarioGrid
{
    /// <summary>Largest regular price move, 0 to 1 exclusive; a return, not a log-return.</summary>
    public required double Range { get; init; }

    /// <summary>Moves to each side.</summary>
    public int Steps { get; init; } = 4;

    /// <summary>Relative rise of implied volatility at the reference expiry, 0 or more.</summary>
    public double VolatilityUp { get; init; }

    /// <summary>Relative fall of implied volatility at the reference expiry, 0 to 1.</summary>
    public double VolatilityDown { get; init; }

    /// <summary>Volatility moved up is at least this, per √year, 0 or more.</summary>
    public double MinimumVolatilityUp { get; init; }

    /// <summary>Days to expiry at which the volatility moves apply as written.</summary>
    public double ReferenceDays { get; init; } = 30;

    /// <summary>Power of expiries up to the reference, 0 or more.</summary>
    public double ShortPower { get; init; } = 0.3;

    /// <summary>Power of expiries beyond the reference, 0 or more.</summary>
    public double LongPower { get; init; } = 0.13;

    /// <summary>Price moves beyond the range, above −1; volatility moved up only.</summary>
    public IReadOnlyList<double> ExtendedMoves { get; init; } = [];

    /// <summary>P&amp;L of an extended move s is multiplied by min(1, dampening · range / |s|); &gt; 0.</summary>
    public double ExtendedDampening { get; init; } = 1;

    /// <summary>Move of a future's annualised basis, 0 or more: a position of delta d and T years costs |d| · max(annualisedMove · T, minimumAnnualisedMove).</summary>
    public double AnnualisedMove { get; init; }

    /// <summary>Least roll shock of futures and perpetuals, as a share of their delta, 0 or more.</summary>
    public double MinimumAnnualisedMove { get; init; }

    /// <summary>Share of an underlying's gain that may offset the losses of others in the same scenario, 0 to 1.</summary>
    public double GainsOffset { get; init; }

    /// <summary>Maintenance margin of the grid as a share of its initial margin, 0 to 1.</summary>
    public double MaintenanceRatio { get; init; } = 0.8;
}
