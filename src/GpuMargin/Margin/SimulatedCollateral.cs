using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin;

/// <summary>Collateral as positions, so that its P&amp;L is simulated with the portfolio's.</summary>
static class SimulatedCollateral
{
    /// <summary>The set with a spot instrument for every asset held as collateral, and the holdings as positions in them; cash in run currency has no P&amp;L and is left out.</summary>
    public static ClearingSet Join(ClearingSet set)
    {
        if (set.Policy!.Collateral.Valuation != CollateralValuation.Simulated)
        {
            return set;
        }

        List<Instrument> instruments = [.. set.Instruments];
        Dictionary<(int Factor, string Currency), int> known = [];
        List<int> accounts = [.. set.Positions.Account], held = [.. set.Positions.Instrument];
        List<double> quantities = [.. set.Positions.Quantity];
        foreach (CollateralHolding holding in set.Collateral)
        {
            if (holding.Factor < 0 && holding.Currency == set.Settings.Currency)
            {
                continue;
            }

            if (!known.TryGetValue((holding.Factor, holding.Currency), out int instrument))
            {
                instrument = known[(holding.Factor, holding.Currency)] = instruments.Count;
                instruments.Add(Asset(set, holding));
            }

            accounts.Add(holding.Account);
            held.Add(instrument);
            quantities.Add(holding.Factor < 0 && set.Settings.Fx[holding.Currency].Reciprocal ? -holding.Quantity : holding.Quantity);
        }

        return set with { Instruments = instruments, Positions = new PositionTable([.. accounts], [.. held], [.. quantities]) };
    }

    /// <summary>Today's value after the haircut, run currency.</summary>
    public static double Value(ClearingSet set, CollateralHolding holding)
    {
        double price = holding.Factor < 0 ? 1 : set.Factors[holding.Factor].Level;
        return holding.Quantity * price * Rate(set, holding.Currency) * (1 - holding.Haircut);
    }

    static double Rate(ClearingSet set, string currency)
    {
        if (currency == set.Settings.Currency)
        {
            return 1;
        }

        FxRate rate = set.Settings.Fx[currency];
        double level = set.Factors.First(factor => factor.Name == rate.Factor).Level;
        return rate.Reciprocal ? 1 / level : level;
    }

    // Cash is a spot position in its exchange rate; where that is the reciprocal 1/X of a factor, a short position in the inverse perpetual, 1/X' − 1/X.
    static Instrument Asset(ClearingSet set, CollateralHolding holding)
    {
        if (holding.Factor >= 0)
        {
            return new Instrument
            {
                Name = $"collateral {set.Factors[holding.Factor].Name} in {holding.Currency}",
                Type = InstrumentType.Spot,
                Underlying = holding.Factor,
                Currency = holding.Currency,
            };
        }

        FxRate rate = set.Settings.Fx[holding.Currency];
        return new Instrument
        {
            Name = $"collateral {holding.Currency}",
            Type = rate.Reciprocal ? InstrumentType.InversePerpetual : InstrumentType.Spot,
            Underlying = set.Factors.TakeWhile(factor => factor.Name != rate.Factor).Count(),
            Currency = set.Settings.Currency,
        };
    }
}
