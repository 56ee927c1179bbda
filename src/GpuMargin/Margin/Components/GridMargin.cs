using GpuMargin.Numerics;

namespace GpuMargin.Margin.Components;

/// <summary>Portfolio margin of the crypto venues: the worst loss over price moves × volatility moves, and the roll shock of futures.</summary>
/// <remarks>
/// <para>Source (Deribit, "Portfolio Margin"): price moves to ±16 % in nine even steps, each with volatility up, unchanged and down; the power law in days to
/// expiry, (30/days)^power; a table of extended moves with volatility up only, of which a dampened fraction counts; a delta and roll shock in place of the earlier contingency for
/// offsetting futures; maintenance margin as a share of the initial.</para>
/// <para>Inferred from the venue's published example: the worst loss is rounded to nine decimals before anything is added, and the
/// roll shock counts every future and perpetual with the size of its delta, long and short alike, times max(annualised move · years, least move):
/// (.314538364 + .001187534) · .01 = .00315725898. The form of the dampening is the policy's own: min(1, dampening · range/|s|).</para>
/// </remarks>
static class GridMargin
{
    /// <summary>Decimals of the worst loss, a tenth of a satoshi.</summary>
    const int Decimals = 9;

    const double DaysPerYear = 365;

    /// <summary>The moves of the grid in the order that every table here has.</summary>
    public static IReadOnlyList<GridMove> Moves(ScenarioGrid grid)
    {
        List<GridMove> moves = [];
        for (int k = -grid.Steps; k <= grid.Steps; k++)
        {
            double price = grid.Range * k / grid.Steps;
            moves.Add(new GridMove(price, VolatilityMove.Up, 1));
            moves.Add(new GridMove(price, VolatilityMove.Unchanged, 1));
            moves.Add(new GridMove(price, VolatilityMove.Down, 1));
        }

        foreach (double price in grid.ExtendedMoves)
        {
            double share = price == 0 ? 1 : Math.Min(1, grid.ExtendedDampening * grid.Range / Math.Abs(price));
            moves.Add(new GridMove(price, VolatilityMove.Up, share));
        }

        return moves;
    }

    /// <summary>σ·(1 + up·(reference/days)^p), not below the least, or σ·(1 − down·(reference/days)^p), not below 0; days to expiry at least 1, p the power of expiries up to or beyond the reference.</summary>
    /// <param name="volatility">σ, per √year.</param>
    public static double Volatility(ScenarioGrid grid, VolatilityMove move, double volatility, double years)
    {
        double days = Math.Max(1, years * DaysPerYear);
        double power = days <= grid.ReferenceDays ? grid.ShortPower : grid.LongPower;
        double scale = HostMath.Exp(power * HostMath.Log(grid.ReferenceDays / days));
        return move switch
        {
            VolatilityMove.Up => Math.Max(volatility * (1 + grid.VolatilityUp * scale), grid.MinimumVolatilityUp),
            VolatilityMove.Down => volatility * Math.Max(0, 1 - grid.VolatilityDown * scale),
            _ => volatility,
        };
    }

    /// <summary>Largest loss over the moves, rounded to nine decimals; 0 when no move loses.</summary>
    /// <param name="profitAndLoss">[underlying, move], run currency, gain &gt; 0, not yet dampened.</param>
    public static decimal WorstLoss(ScenarioGrid grid, IReadOnlyList<GridMove> moves, ReadOnlySpan<double> profitAndLoss)
    {
        double[] gains = new double[moves.Count], losses = new double[moves.Count];
        for (int first = 0; first < profitAndLoss.Length; first += gains.Length)
        {
            DenseRows.AddBySign(profitAndLoss.Slice(first, gains.Length), gains, losses);
        }

        // Losses in full; of the gains on other underlyings the policy's share.
        double worst = 0;
        for (int i = 0; i < gains.Length; i++)
        {
            worst = Math.Max(worst, -moves[i].Share * (losses[i] + grid.GainsOffset * gains[i]));
        }

        return decimal.Round(Amount.Of(worst), Decimals);
    }

    /// <summary>|delta| · max(annualised move · years, least move) of one future or perpetual.</summary>
    /// <param name="delta">Quantity · m · F, or quantity · m/F of a coin-margined one: run currency.</param>
    /// <param name="years">To expiry; 0 for a perpetual.</param>
    public static decimal RollShock(ScenarioGrid grid, double delta, double years) =>
        Amount.Of(Math.Max(grid.AnnualisedMove * years, grid.MinimumAnnualisedMove), Math.Abs(Amount.Of(delta)));
}

/// <param name="Price">Return of every underlying.</param>
/// <param name="Share">Of the P&amp;L that counts: below 1 for extended moves.</param>
readonly record struct GridMove(double Price, VolatilityMove Volatility, double Share);

enum VolatilityMove
{
    Up,
    Unchanged,
    Down,
}
