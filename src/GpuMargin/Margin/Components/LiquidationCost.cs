using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>What closing out a book costs beyond its market risk: half the spread of what is traded, and impact where the position is large for its market.</summary>
/// <remarks>
/// Spread: Bangia, Diebold, Schuermann and Stroughair (1999). Impact: <see cref="LiquidityCost"/>. The impact's excess is a share of the position x,
/// e/|n|, and so is its worth.
/// </remarks>
static class LiquidationCost
{
    /// <summary>Half spread of one instrument's position.</summary>
    /// <param name="worth">|quantity · delta| · today's level of the underlying, run currency.</param>
    public static double Spread(LiquidityTerms market, double worth) => market.HalfSpread * worth;

    /// <summary>Impact of the net position under one row of liquidity.csv.</summary>
    /// <param name="volumes">n = net position / average daily volume, signed.</param>
    /// <param name="worth">Of the net position, run currency.</param>
    public static double Impact(LiquidityCost terms, LiquidityTerms market, double volumes, double worth)
    {
        double size = Math.Abs(volumes);
        double excess = size - terms.ConcentrationThreshold;
        if (!(excess > 0))
        {
            return 0;
        }

        double law = terms.Impact == ImpactLaw.Linear ? excess : Math.Sqrt(excess);
        return market.Impact * law * (excess / size) * Math.Abs(worth);
    }
}
