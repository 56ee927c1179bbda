namespace GpuMargin.ClearingSets.Policy;

/// <summary>Multiples of the calculated requirement. Collateral below the maintenance level is called up to the initial level.</summary>
public sealed record MarginLevels
{
    /// <summary>&gt; 0.</summary>
    public double Initial { get; init; } = 1;

    /// <summary>&gt; 0, at most <see cref="Initial"/>.</summary>
    public double Maintenance { get; init; } = 1;
}
