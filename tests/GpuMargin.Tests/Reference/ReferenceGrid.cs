using GpuMargin.ClearingSets;
using GpuMargin.Margin.Components;

namespace GpuMargin.Tests.Reference;

/// <summary>The scenario grid by full revaluation of a book in every cell.</summary>
public sealed class ReferenceGrid(ClearingSet set)
{
    readonly ScenarioGrid grid = set.Policy!.Terms<ScenarioGrid>()!;
    int[] moving = [];

    /// <param name="rolled">Instruments from here on are simulated collateral, which is not rolled.</param>
    /// <returns>Worst loss, nine decimals, and roll shock.</returns>
    public double Margin(double[] quantity, int rolled)
    {
        bool all = set.Policy!.Collateral.InAllComponents;
        quantity = [.. quantity.Select((held, i) => i < rolled || all ? held : 0)];

        // What a position is on moves, and what collateral is of, unless that is money; a coin that may lose its peg is money.
        HashSet<string> currencies = [.. set.Settings.Fx.Values.Select(fx => fx.Factor)];
        moving =
        [
            .. Enumerable.Range(0, quantity.Length)
                .Where(i => quantity[i] != 0 && (i < rolled || !currencies.Contains(set.Factors[set.Instruments[i].Underlying].Name)))
                .Select(i => set.Instruments[i].Underlying)
                .Except(set.Policy!.Depegs.Select(jump => jump.Factor)),
        ];
        double worst = 0;
        for (int k = -grid.Steps; k <= grid.Steps; k++)
        {
            foreach (int direction in (int[])[1, 0, -1])
            {
                worst = Math.Max(worst, Loss(quantity, grid.Range * k / grid.Steps, direction));
            }
        }

        foreach (double move in grid.ExtendedMoves)
        {
            worst = Math.Max(worst, Loss(quantity, move, 1) * Math.Min(1, grid.ExtendedDampening * grid.Range / Math.Abs(move)));
        }

        return Math.Round(worst, 9) + Enumerable.Range(0, rolled).Sum(i => Roll(set.Instruments[i], quantity[i]));
    }

    double Loss(double[] quantity, double move, int direction)
    {
        double[] today = new double[set.Factors.Count];
        double[] shocks = new double[set.Factors.Count];
        foreach (int factor in moving)
        {
            shocks[factor] = Math.Log(1 + move);
        }

        ClearingSet moved = set with { Instruments = [.. set.Instruments.Select(i => i with { Volatility = Volatility(i, direction) })] };
        ReferenceValuation before = new(set), after = new(moved);
        double[] total = new double[set.Factors.Count];
        for (int i = 0; i < quantity.Length; i++)
        {
            if (quantity[i] == 0 || !moving.Contains(set.Instruments[i].Underlying))
            {
                continue;
            }

            // The moved valuation measures from a value with its own volatility today.
            double revalued = (after.ValueToday(i) - before.ValueToday(i)) * before.ExchangeRate(set.Instruments[i].Currency, today);
            total[set.Instruments[i].Underlying] += quantity[i] * (after.ProfitAndLoss(i, shocks) + revalued);
        }

        return -(total.Where(x => x < 0).Sum() + grid.GainsOffset * total.Where(x => x > 0).Sum());
    }

    double Volatility(Instrument i, int direction)
    {
        double days = Math.Max(1, i.YearsToExpiry * 365);
        double power = Math.Pow(grid.ReferenceDays / days, days <= grid.ReferenceDays ? grid.ShortPower : grid.LongPower);
        return direction > 0 ? Math.Max(i.Volatility * (1 + grid.VolatilityUp * power), grid.MinimumVolatilityUp)
            : direction < 0 ? i.Volatility * Math.Max(0, 1 - grid.VolatilityDown * power) : i.Volatility;
    }

    double Roll(Instrument i, double quantity)
    {
        if (i.Type.Word is not ("future" or "perpetual" or "inverse-future" or "inverse-perpetual"))
        {
            return 0;
        }

        double aged = new ReferenceValuation(set).AgedYears(set.Settings.HorizonDays);
        double forward = ReferenceOption.Forward(set.Factors[i.Underlying].Level, i.Rate, i.DividendYield, Math.Max(0, i.YearsToExpiry - aged));
        double delta = i.Type.Word is "inverse-future" or "inverse-perpetual" ? i.Multiplier / forward : i.Multiplier * forward;
        double money = new ReferenceValuation(set).ExchangeRate(i.Currency, new double[set.Factors.Count]);
        return Math.Abs(quantity * delta) * money * Math.Max(grid.AnnualisedMove * i.YearsToExpiry, grid.MinimumAnnualisedMove);
    }
}
