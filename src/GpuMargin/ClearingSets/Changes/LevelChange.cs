using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.ClearingSets.Changes;

/// <summary>Other levels of factors today; with a volatility factor the implied volatilities of the options on it move by as much.</summary>
static class LevelChange
{
    public static ClearingSet Apply(IReadOnlyList<LevelShock> shocks, ClearingSet set, List<Fault> faults)
    {
        if (shocks.Count == 0)
        {
            return set;
        }

        KnownNames names = new([.. set.Factors.Select(factor => factor.Name)]);
        RiskFactor[] factors = [.. set.Factors];
        Dictionary<int, double> scale = [];
        foreach (LevelShock shock in shocks)
        {
            int place = names.Of(shock.Factor, shock.Place, "factor", "a price, additive or volatility factor", faults);
            if (place < 0)
            {
                continue;
            }

            RiskFactor factor = set.Factors[place];
            double level = factor.Level * (1 + shock.Relative);
            if (factor.Kind == RiskFactorKind.Rate)
            {
                faults.Add(shock.Place.Fault("factor", shock.Factor, $"a price, additive or volatility factor ('{shock.Factor}' is {FactorRule.Phrase(factor.Kind)})"));
            }
            else if (Surface(place) is { } surface)
            {
                faults.Add(shock.Place.Fault("factor", shock.Factor, $"a factor that moves no volatility surface (surface '{surface}' has a pivot with it)"));
            }
            else if (!FactorRule.Level(factor.Kind).Holds(level))
            {
                string expected = factor.Kind == RiskFactorKind.Additive ? NumberRule.Finite.Phrase : "a finite number above -1, such as -0.1 for a fall by 10 %";
                faults.Add(shock.Place.Fault("relative", FormattableString.Invariant($"{shock.Relative}"), expected));
            }
            else if (!scale.TryAdd(place, 1 + shock.Relative))
            {
                faults.Add(shock.Place.Fault("factor", shock.Factor, "each factor once"));
            }
            else
            {
                factors[place] = factor with { Level = level };
            }
        }

        bool moved = set.Instruments.Any(instrument => scale.ContainsKey(instrument.VolatilityFactor));
        return set with
        {
            Factors = factors,
            Instruments = moved ? [.. set.Instruments.Select(Moved)] : set.Instruments,
            Stress = set.Stress.Model is { } model ? set.Stress with { Model = model with { Factors = [.. model.Factors.Select((factor, i) => factor with { Level = factors[i].Level })] } } : set.Stress,
        };

        // What a pivot's level says of the volatilities beside it, and of the smiles, is not defined.
        string? Surface(int factor) => set.Instruments
            .FirstOrDefault(instrument => instrument.Surface?.Pivots.Any(pivot => pivot.Factor == factor) == true)?.Surface!.Name;

        Instrument Moved(Instrument instrument) => scale.TryGetValue(instrument.VolatilityFactor, out double times)
            ? instrument with { Volatility = instrument.Volatility * times }
            : instrument;
    }
}
