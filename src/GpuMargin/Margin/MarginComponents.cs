namespace GpuMargin.Margin;

/// <summary>The parts of a requirement, run currency; a component that the policy leaves out is 0.</summary>
/// <param name="Base">max(0, base measure).</param>
/// <param name="Stressed">Add-on for stressed observations.</param>
/// <param name="Floor">Add-on up to the margin of the long-run volatility.</param>
/// <param name="Buffer">Procyclicality buffer.</param>
/// <param name="Offset">Add-on for the part of the offset between product classes that is not given.</param>
/// <param name="Dependence">STANS' dependence test.</param>
/// <param name="Concentration">STANS' concentration test.</param>
/// <param name="Stress">The larger of the two, book by book.</param>
/// <param name="Liquidity">Cost of liquidation.</param>
/// <param name="Grid">Margin of the scenario grid.</param>
/// <param name="Calculated">max(<see cref="Model"/>, grid), book by book.</param>
public readonly record struct MarginComponents(
    decimal Base,
    decimal Stressed,
    decimal Floor,
    decimal Buffer,
    decimal Offset,
    decimal Dependence,
    decimal Concentration,
    decimal Stress,
    decimal Liquidity,
    decimal Grid,
    decimal Calculated)
{
    /// <summary>Base + stressed + floor + buffer + offset + stress + liquidity, exactly.</summary>
    public decimal Model => Base + Stressed + Floor + Buffer + Offset + Stress + Liquidity;

    public static MarginComponents operator +(MarginComponents a, MarginComponents b) => new(
        a.Base + b.Base,
        a.Stressed + b.Stressed,
        a.Floor + b.Floor,
        a.Buffer + b.Buffer,
        a.Offset + b.Offset,
        a.Dependence + b.Dependence,
        a.Concentration + b.Concentration,
        a.Stress + b.Stress,
        a.Liquidity + b.Liquidity,
        a.Grid + b.Grid,
        a.Calculated + b.Calculated);

    public static MarginComponents Add(MarginComponents left, MarginComponents right) => left + right;
}
