namespace GpuMargin.ClearingSets.Changes;

/// <summary>A question about a clearing set: other positions, other collateral, other prices or volatilities.</summary>
public sealed record ClearingSetChange
{
    /// <summary>Rows behind those of positions.csv.</summary>
    public IReadOnlyList<Trade> Trades { get; init; } = [];

    public IReadOnlyList<CollateralMove> Collateral { get; init; } = [];

    /// <summary>One per factor at most.</summary>
    public IReadOnlyList<LevelShock> Shocks { get; init; } = [];

    /// <summary>The set with the change: what would be read from its files, were they changed by hand.</summary>
    /// <remarks>A new account is a house account and a netting set of its own, of a member with its name. The lists that the change does not touch are the set's own objects.</remarks>
    /// <exception cref="RefusedInputException">The change names what the set does not have, or a number is out of range; lists every fault.</exception>
    public ClearingSet ApplyTo(ClearingSet set)
    {
        List<Fault> faults = [];
        ClearingSet changed = PositionChange.Apply(Trades, set, faults);
        changed = CollateralChange.Apply(Collateral, changed, faults);
        changed = LevelChange.Apply(Shocks, changed, faults);
        if (faults.Count > 0)
        {
            throw new RefusedInputException(faults);
        }

        changed = changed with { Inputs = [] };
        changed.Validate();
        return changed;
    }
}
