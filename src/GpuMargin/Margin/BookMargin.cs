using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;

namespace GpuMargin.Margin;

/// <summary>Components and levels of one book.</summary>
/// <param name="Initial">max(initial level · model, grid).</param>
/// <param name="Maintenance">max(maintenance level · model, the grid's maintenance ratio · grid).</param>
readonly record struct BookMargin(MarginComponents Components, decimal Initial, decimal Maintenance)
{
    /// <param name="liquidity">Cost of liquidation.</param>
    /// <param name="grid">Margin of the scenario grid.</param>
    public static BookMargin Of(MarginPolicy policy, SimulatedRisk risk, double liquidity, decimal grid)
    {
        double margin = Math.Max(0, risk.Base);
        decimal dependence = policy.Dependence is { } d
            ? Amount.Of(StressAddOns.Dependence(d, risk.Estimated, risk.Perfect, risk.Zero, risk.DependenceShortfall))
            : 0;
        decimal concentration = policy.Concentration is { } c
            ? Amount.Of(StressAddOns.Concentration(c, risk.Worst, risk.Second, risk.Rest, risk.ConcentrationShortfall))
            : 0;
        MarginComponents components = new()
        {
            Base = Amount.Of(margin),
            Stressed = policy.Stress is { } stressed ? Amount.Of(ProcyclicalityAddOns.Stressed(stressed, margin, risk.Stressed)) : 0,
            Floor = policy.LongRunFloor ? Amount.Of(ProcyclicalityAddOns.Floor(margin, risk.LongRun)) : 0,
            Buffer = policy.Buffer is { } buffer ? Amount.Of(ProcyclicalityAddOns.Buffer(buffer, margin)) : 0,
            Offset = policy.OffsetLimit is { } limit ? Amount.Of(ProcyclicalityAddOns.Offset(limit, risk.SumOfClasses, margin)) : 0,
            Dependence = dependence,
            Concentration = concentration,
            Stress = Math.Max(dependence, concentration),
            Liquidity = Amount.Of(liquidity),
            Grid = grid,
        };
        decimal model = components.Model;
        return new BookMargin(
            components with { Calculated = Math.Max(model, grid) },
            Math.Max(Amount.Of((decimal)policy.Levels.Initial * model), grid),
            Math.Max(Amount.Of((decimal)policy.Levels.Maintenance * model), policy.Grid is { } terms ? Amount.Of((decimal)terms.MaintenanceRatio * grid) : 0));
    }

    public static BookMargin operator +(BookMargin a, BookMargin b) =>
        new(a.Components + b.Components, a.Initial + b.Initial, a.Maintenance + b.Maintenance);
}
