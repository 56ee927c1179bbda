namespace GpuMargin.Margin.Components;

/// <summary>Collateral against the levels of a requirement; run currency.</summary>
/// <param name="Excess">Collateral beyond the initial level, 0 or more.</param>
/// <param name="Called">What brings collateral below the maintenance level back to the initial level, 0 or more.</param>
readonly record struct MarginCall(decimal Excess, decimal Called)
{
    /// <remarks>Between the levels neither is above 0. As collateral grows the call never does: below the maintenance level it falls one for one, from there on it is 0.</remarks>
    public static MarginCall Of(decimal collateral, decimal initial, decimal maintenance) => new(
        Math.Max(0, collateral - initial),
        collateral < maintenance ? Math.Max(0, initial - collateral) : 0);
}
