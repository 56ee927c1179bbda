using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Portfolio margin of the crypto venues: the worst P&amp;L over price moves × volatility moves, plus roll shock. Replaces nothing; a component of its own.</summary>
/// <remarks>
/// Price moves s = ±<see cref="Range"/> · k / <see cref="Steps"/>, k = 0 … steps, of every underlying alike, each with the volatility moved up, unchanged and down:
/// σ' = σ · (1 + up · (reference / days)^p) and σ · (1 − down · (reference / days)^p), days to expiry at least 1, p the power of short or long expiries; σ' is not negative.
/// Parameters of Deribit's segregated portfolio margin for BTC: range 0.16, 4 steps, up 0.5, down 0.25, powers 0.3 and 0.13, minimum volatility up 0.5,
/// extended moves −0.66, −0.33, 0.5, 1, 2, 3, 4 and 5 with volatility moved up (Deribit, Portfolio Margin).
/// </remarks>
public sealed record ScenarioGrid : ComponentTerms
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

sealed class GridComponent : MarginComponent<ScenarioGrid>
{
    public override PolicyKey<MarginPolicy> Key { get; } = Section(
        "grid", "Scenario grid of the crypto venues: worst P&L over price moves × volatility moves, plus a roll shock. Source: Deribit, Portfolio Margin; its values for BTC are the examples.",
        "the scenario grid, such as {\"range\": 0.16}", new ScenarioGrid { Range = double.NaN },
        new ValueKey<ScenarioGrid, double>(
            "range", "Largest price move, a return. Deribit: 0.16.",
            new NumberForm(NumberRule.PositiveShare), grid => grid.Range, (grid, value) => grid with { Range = value })
        { IsRequired = true },
        new ValueKey<ScenarioGrid, int>(
            "steps", "Moves to each side: ±range · k / steps. Deribit: 4.",
            new WholeForm(new("a whole number of moves to each side from 1 to 100") { Least = 1, Most = 100, IsWhole = true }), grid => grid.Steps, (grid, value) => grid with { Steps = value }),
        Number("volatilityUp", "Relative rise of implied volatility at referenceDays. Deribit: 0.5.", NumberRule.NotNegative, grid => grid.VolatilityUp, (grid, value) => grid with { VolatilityUp = value }),
        Number("volatilityDown", "Relative fall of implied volatility at referenceDays. Deribit: 0.25.", NumberRule.Share, grid => grid.VolatilityDown, (grid, value) => grid with { VolatilityDown = value }),
        Number("minimumVolatilityUp", "Volatility moved up is at least this, per √year. Deribit: 0.5.", NumberRule.NotNegative, grid => grid.MinimumVolatilityUp, (grid, value) => grid with { MinimumVolatilityUp = value }),
        Number("referenceDays", "A volatility move is multiplied by (referenceDays / days to expiry)^power. Deribit: 30.", NumberRule.Positive, grid => grid.ReferenceDays, (grid, value) => grid with { ReferenceDays = value }),
        Number("shortPower", "Power up to referenceDays. Deribit: 0.3.", NumberRule.NotNegative, grid => grid.ShortPower, (grid, value) => grid with { ShortPower = value }),
        Number("longPower", "Power beyond referenceDays. Deribit: 0.13.", NumberRule.NotNegative, grid => grid.LongPower, (grid, value) => grid with { LongPower = value }),
        new NumbersKey<ScenarioGrid>(
            "extendedMoves", "Price moves beyond the range, with volatility moved up. Deribit: -0.66, -0.33, 0.5, 1, 2, 3, 4, 5.", "price moves, such as [-0.66, -0.33, 0.5, 1]",
            new("a price move greater than -1 and not 0, as a return") { Least = -1, AboveLeast = true, Except = 0 }, grid => grid.ExtendedMoves, (grid, values) => grid with { ExtendedMoves = values }),
        Number("extendedDampening", "P&L of an extended move s is multiplied by min(1, extendedDampening · range / |s|).", NumberRule.Positive, grid => grid.ExtendedDampening, (grid, value) => grid with { ExtendedDampening = value }),
        Number("annualisedMove", "Roll shock of a future: its annualised basis moves by this much, for its years to expiry.", NumberRule.NotNegative, grid => grid.AnnualisedMove, (grid, value) => grid with { AnnualisedMove = value }),
        Number("minimumAnnualisedMove", "Least roll shock of futures and perpetuals, as a share of their delta. Deribit: 0.01.", NumberRule.NotNegative, grid => grid.MinimumAnnualisedMove, (grid, value) => grid with { MinimumAnnualisedMove = value }),
        Number("gainsOffset", "Share of one underlying's gain that may offset losses on others. Deribit: 0.", NumberRule.Share, grid => grid.GainsOffset, (grid, value) => grid with { GainsOffset = value }),
        Number("maintenanceRatio", "Maintenance margin as a share of initial margin. Deribit: 0.8.", NumberRule.Share, grid => grid.MaintenanceRatio, (grid, value) => grid with { MaintenanceRatio = value }));

    public override string Column => "grid";

    public override string Meaning => "worst move of the scenario grid";

    public override ComponentRole Role => ComponentRole.Alternative;

    public override bool IsAlwaysShown => true;

    public override BookAmount Prepare(PolicyRun run)
    {
        GridTable table = new(run.Joined, run.Instruments, run.Terms<ScenarioGrid>()) { CollateralFrom = run.Set.Instruments.Count };
        ThreadLocal<GridMemory> memory = new(() => new GridMemory(run.Joined.Factors.Count));
        return (book, _, _) => table.Margin(book, memory.Value!);
    }

    public override decimal Maintenance(MarginPolicy policy, decimal amount) =>
        policy.Terms<ScenarioGrid>() is { } grid ? Amount.Of(grid.MaintenanceRatio, amount) : amount;

    static ValueKey<ScenarioGrid, double> Number(
        string name, string description, NumberRule rule, Func<ScenarioGrid, double?> get, Func<ScenarioGrid, double, ScenarioGrid> with) =>
        new(name, description, new NumberForm(rule), get, with);
}
