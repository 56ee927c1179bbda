using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Cost of liquidating a book, from liquidity.csv: half spread on what is traded, impact on what is concentrated.</summary>
/// <remarks>
/// An instrument trades |quantity| · units · |delta| of its underlying, worth that times today's level, and costs half_spread of it.
/// Impact: x is the net position of all instruments under one row in its own measure of volume, n = x / average_daily_volume; where |n| exceeds the threshold,
/// the excess e = |n| − threshold costs impact · f(e) of the excess' worth, f(e) = √e (Almgren, Thum, Hauptmann and Li 2005; Tóth et al. 2011) or e (Kyle 1985).
/// Both are multiplied by (today's / long-run volatility of the underlying)^p. With p = 1 impact is proportional to daily volatility, as Almgren, Thum, Hauptmann and Li (2005)
/// measure and the square-root law has it (Tóth et al. 2011); spreads are wider the larger the volatility (Bollerslev and Melvin 1994), proportional to it per trade (Wyart et al. 2008).
/// </remarks>
public sealed record LiquidityCost : ComponentTerms
{
    public ImpactLaw Impact { get; init; } = ImpactLaw.SquareRoot;

    /// <summary>Positions up to this share of the average daily volume have no impact; 0 or more.</summary>
    public double ConcentrationThreshold { get; init; }

    /// <summary>Power of today's over long-run volatility of the underlying by which half spreads and impact grow; 0 or more, 0: they are as written.</summary>
    public double VolatilityPower { get; init; }
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
            new NumberForm(NumberRule.NotNegative), terms => terms.ConcentrationThreshold, (terms, value) => terms with { ConcentrationThreshold = value }),
        new ValueKey<LiquidityCost, double>(
            "volatilityPower",
            "Half spreads and impact are multiplied by (today's / long-run volatility of the underlying)^volatilityPower; 0: they are as written, 1: proportional to volatility (Bollerslev and Melvin 1994; Almgren, Thum, Hauptmann and Li 2005; Wyart et al. 2008).",
            new NumberForm(NumberRule.NotNegative), terms => terms.VolatilityPower, (terms, value) => terms with { VolatilityPower = value }));

    public override string Column => "liquidity";

    public override string Meaning => "half spreads and impact";

    public override ComponentRole Role => ComponentRole.AddOn;

    public override bool IsAlwaysShown => true;

    public override string Colour => "#cc79a7";

    public override PolicyInput Input(MarginPolicy policy) => IsOn(policy) ? PolicyInput.Liquidity : PolicyInput.None;

    public override IEnumerable<string> Warnings(ClearingSet set)
    {
        if (set.Policy!.Terms<LiquidityCost>() is not { VolatilityPower: > 0 })
        {
            yield break;
        }

        string[] names =
        [
            .. set.Instruments.Select(instrument => set.Factors[instrument.Underlying]).Distinct()
                .Where(factor => factor.Process == VolatilityProcess.Constant && double.IsNaN(factor.GivenLongRunVariance)).Select(factor => $"'{factor.Name}'"),
        ];
        if (names.Length > 0)
        {
            yield return $"liquidity.volatilityPower of policy.json has no effect on {string.Join(", ", names.Take(3))}{(names.Length > 3 ? FormattableString.Invariant($" and {names.Length - 3} others") : "")}: without long_run_variance in factors.csv today's volatility counts as the long-run one.";
        }
    }

    public override BookAmount Prepare(PolicyRun run)
    {
        LiquidationTable table = new(run.Set, run.InstrumentsOfSet, run.Terms<LiquidityCost>());
        ThreadLocal<NetPositions> net = new(() => new NetPositions(run.Set.Liquidity.Rows.Count));
        return (book, _, _) => Amount.Of(table.Cost(book, net.Value!));
    }
}
