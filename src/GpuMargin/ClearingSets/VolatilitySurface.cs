namespace GpuMargin.ClearingSets;

/// <summary>Implied volatilities of one underlying by expiry and strike, and the factors that move them.</summary>
/// <param name="Name">As in surfaces.csv.</param>
/// <param name="Stickiness">β: 0 the volatility of a strike stays when the forward moves, 1 that of a moneyness.</param>
/// <param name="Coordinate">How pivots are placed across strikes.</param>
/// <param name="Smiles">By expiry; none: instruments have their own volatilities.</param>
/// <param name="Pivots">By days, then by coordinate, both ascending; none: nothing but the forward moves a volatility.</param>
/// <param name="TermPower">A pivot's loading on an option of other days is (days of the pivot/days)^power; <see langword="null"/>: pivots of several days share it.</param>
public sealed record VolatilitySurface(
    string Name, double Stickiness, SurfaceCoordinate Coordinate, IReadOnlyList<Smile> Smiles, IReadOnlyList<SurfacePivot> Pivots, double? TermPower = null)
{
    /// <summary>Implied volatility, per √year.</summary>
    /// <param name="logMoneyness">ln(K/F).</param>
    /// <param name="years">To expiry, above zero.</param>
    public double Volatility(double logMoneyness, double years) => Smile.Volatility(Smiles, logMoneyness, years);

    public bool Equals(VolatilitySurface? other) =>
        other is not null && (Name, Stickiness, Coordinate, TermPower) == (other.Name, other.Stickiness, other.Coordinate, other.TermPower)
        && Smiles.SequenceEqual(other.Smiles) && Pivots.SequenceEqual(other.Pivots);

    public override int GetHashCode() => HashCode.Combine(Name, Smiles.Count, Pivots.Count);
}
