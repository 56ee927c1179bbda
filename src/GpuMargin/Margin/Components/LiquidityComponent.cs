using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Cost of liquidating a book, from liquidity.csv: half spread on what is traded, impact on what is concentrated.</summary>
/// <remarks>
/// An instrument trades |quantity| · units · |delta| of its underlying, worth that times today's level, and costs half_spread of it.
/// Impact: x is the net position of all instruments under one row in its own measure of volume, n = x / average_daily_volume; where |n| exceeds the threshold,
/// the excess e = |n| − threshold costs impact · f(e) of the excess' worth, f(e) = √e (Almgren, Thum, Hauptmann and Li 2005; Tóth et al. 2011) or e (Kyle 1985).
/// </remarks>
public sealed record LiquidityCost : ComponentTerms
{
    public ImpactLaw Impact { get; init; } = ImpactLaw.SquareRoot;

    /// <summary>Positions up to this share of the average daily volume have no impact; 0 or more.</summary>
    public double ConcentrationThreshold { get; init; }
}

public enum ImpactLaw
{
    SquareRoot,
    Linear,
}

sealed class LiquidityComponent : MarginComponent<LiquidityCost>
{
    public override PolicyKey<MarginPolicy> Key { get; } = Section(
        "liquidity", "Cost of liquidation from liquidity.csv: half the spread of what is traded, and price impact of what exceeds the threshold.",
        "the cost of liquidation, such as {\"impact\": \"square-root\"}", new LiquidityCost(),
        new ValueKey<LiquidityCost, ImpactLaw>(
            "impact",
            "Impact grows with the square root of the position over average daily volume (Almgren, Thum, Hauptmann and Li 2005; Tóth et al. 2011), or linearly (Kyle 1985).",
            new WordForm<ImpactLaw>(new(("square-root", ImpactLaw.SquareRoot), ("linear", ImpactLaw.Linear))),
            terms => terms.Impact, (terms, value) => terms with { Impact = value }),
        new ValueKey<LiquidityCost, double>(
            "concentrationThreshold", "Share of average daily volume up to which a position has no impact. EMIR RTS Art. 26(2): liquidation takes account of concentration.",
            new NumberForm(NumberRule.NotNegative), terms => terms.ConcentrationThreshold, (terms, value) => terms with { ConcentrationThreshold = value }));

    public override string Column => "liquidity";

    public override string Meaning => "half spreads and impact";

    public override ComponentRole Role => ComponentRole.AddOn;

    public override bool IsAlwaysShown => true;

    public override string Colour => "#cc79a7";

    public override PolicyInput Input(MarginPolicy policy) => IsOn(policy) ? PolicyInput.Liquidity : PolicyInput.None;

    public override BookAmount Prepare(PolicyRun run)
    {
        LiquidationTable table = new(run.Set, run.InstrumentsOfSet, run.Terms<LiquidityCost>());
        ThreadLocal<NetPositions> net = new(() => new NetPositions(run.Set.Liquidity.Rows.Count));
        return (book, _, _) => Amount.Of(table.Cost(book, net.Value!));
    }
}
