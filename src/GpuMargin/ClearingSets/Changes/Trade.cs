namespace GpuMargin.ClearingSets.Changes;

/// <summary>Contracts that an account buys or sells.</summary>
/// <param name="Account">One of the set, or a new one.</param>
/// <param name="Instrument">One of the set.</param>
/// <param name="Quantity">Contracts, signed; finite.</param>
public sealed record Trade(string Account, string Instrument, double Quantity)
{
    internal ChangePlace Place { get; init; } = new("Trades", null);
}

/// <summary>Collateral that an account deposits or takes back.</summary>
/// <param name="Account">One of the set, or one with a trade.</param>
/// <param name="Asset">A currency or a price factor.</param>
/// <param name="Quantity">Amount of cash, or units of the factor; below 0 what is taken back, at most what is there.</param>
public sealed record CollateralMove(string Account, string Asset, double Quantity)
{
    internal ChangePlace Place { get; init; } = new("Collateral", null);
}

/// <summary>Another level of a factor today.</summary>
/// <param name="Factor">A price, additive or volatility factor.</param>
/// <param name="Relative">The level is multiplied by 1 + this; above −1 unless the factor is additive.</param>
public sealed record LevelShock(string Factor, double Relative)
{
    internal ChangePlace Place { get; init; } = new("Shocks", null);
}

/// <summary>Where a part of a change was written, for faults.</summary>
/// <param name="File">A file, an option or a property.</param>
/// <param name="Line">1-based line of a file.</param>
readonly record struct ChangePlace(string File, int? Line)
{
    public Fault Fault(string column, string? found, string expected) => new(File, Line, column, found, expected);
}
