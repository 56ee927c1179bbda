using System.Globalization;

namespace GpuMargin.ClearingSets.Validation;

/// <summary>Ranges of surfaces, and which instruments may have one.</summary>
static class SurfaceValidator
{
    public static void Check(ClearingSet set, PropertyFaults at)
    {
        Dictionary<string, VolatilitySurface> known = new(StringComparer.Ordinal);
        for (int i = 0; i < set.Instruments.Count; i++)
        {
            Instrument instrument = set.Instruments[i];
            if (instrument.Surface is not { } surface)
            {
                continue;
            }

            string property = FormattableString.Invariant($"{nameof(set.Instruments)}[{i}]");
            CheckBeside(set, instrument, surface, property, at);
            if (known.TryAdd(surface.Name, surface))
            {
                Check(set, surface, $"{property}.Surface", at);
            }
            else if (known[surface.Name] != surface)
            {
                at.Add($"{property}.Surface.Name", surface.Name, "a name that no other surface has");
            }
        }
    }

    static void CheckBeside(ClearingSet set, Instrument instrument, VolatilitySurface surface, string property, PropertyFaults at)
    {
        if (!instrument.Type.Has(InstrumentColumn.VolatilitySurface))
        {
            at.Add($"{property}.Surface", surface.Name, $"none, because the type is '{instrument.Type}'");
        }

        if (instrument.VolatilityFactor >= 0)
        {
            at.Add($"{property}.VolatilityFactor", FormattableString.Invariant($"{instrument.VolatilityFactor}"), "-1, because the surface moves the volatility");
        }

        if ((uint)instrument.Underlying < (uint)set.Factors.Count && set.Factors[instrument.Underlying].Kind == RiskFactorKind.Additive && surface.Smiles.Count > 0)
        {
            at.Add($"{property}.Surface", surface.Name, "a surface without smiles, because the underlying is an additive factor");
        }
    }

    static void Check(ClearingSet set, VolatilitySurface surface, string property, PropertyFaults at)
    {
        int before = at.Count;
        at.Name($"{property}.Name", surface.Name);
        at.Number($"{property}.Stickiness", surface.Stickiness, NumberRule.Share);
        at.Word($"{property}.Coordinate", surface.Coordinate, Words.SurfaceCoordinates);
        if (surface.TermPower is { } power)
        {
            at.Number($"{property}.TermPower", power, NumberRule.NotNegative);
        }

        if (surface.Stickiness > 0 && surface.Smiles.Count == 0)
        {
            at.Add($"{property}.Smiles", null, "at least one smile, because Stickiness is above 0");
        }

        CheckSmiles(surface, property, at);
        if (set.Settings.Arbitrage == ArbitrageRule.Refuse && at.Count == before)
        {
            foreach (SurfaceArbitrage found in SurfaceArbitrage.Of(surface, null))
            {
                at.Add(FormattableString.Invariant($"{property}.Smiles[{found.Smile}]"), surface.Name, $"a smile without {found.Description}");
            }
        }

        CheckPivots(set, surface, property, at);
    }

    static void CheckSmiles(VolatilitySurface surface, string property, PropertyFaults at)
    {
        for (int k = 0; k < surface.Smiles.Count; k++)
        {
            (double years, Volatility.SviSlice slice) = surface.Smiles[k];
            string place = FormattableString.Invariant($"{property}.Smiles[{k}]");
            at.Number($"{place}.Years", years, NumberRule.Positive);
            at.Number($"{place}.Slice.B", slice.B, NumberRule.NotNegative);
            at.Number($"{place}.Slice.Rho", slice.Rho, NumberRule.Skew);
            at.Number($"{place}.Slice.M", slice.M, NumberRule.Finite);
            at.Number($"{place}.Slice.Sigma", slice.Sigma, NumberRule.Positive);
            at.Number($"{place}.Slice.LeastVariance", slice.LeastVariance, NumberRule.Positive);
            if (k > 0 && years <= surface.Smiles[k - 1].Years)
            {
                at.Add($"{place}.Years", years.ToString(CultureInfo.InvariantCulture), "more years than the smile before");
            }
        }
    }

    static void CheckPivots(ClearingSet set, VolatilitySurface surface, string property, PropertyFaults at)
    {
        for (int k = 0; k < surface.Pivots.Count; k++)
        {
            SurfacePivot pivot = surface.Pivots[k];
            string place = FormattableString.Invariant($"{property}.Pivots[{k}]");
            PortfolioValidator.CheckFactor(set, $"{place}.Factor", pivot.Factor, RiskFactorKind.Volatility, required: true, at);
            at.Number($"{place}.Days", pivot.Days, NumberRule.Positive);
            if (!double.IsNaN(pivot.Coordinate) || surface.Pivots.Count(other => other.Days == pivot.Days) > 1)
            {
                at.Number($"{place}.Coordinate", pivot.Coordinate, surface.Coordinate == SurfaceCoordinate.Delta ? NumberRule.PositiveShare : NumberRule.Finite);
            }

            if (k == 0)
            {
                continue;
            }

            SurfacePivot before = surface.Pivots[k - 1];
            if (pivot.Days < before.Days || pivot.Days == before.Days && pivot.Coordinate <= before.Coordinate)
            {
                at.Add(place, null, "more days than the pivot before, or the same and a higher coordinate");
            }
            else if (surface.TermPower is not null && pivot.Days != before.Days)
            {
                at.Add($"{place}.Days", pivot.Days.ToString(CultureInfo.InvariantCulture), "the days of the other pivots, because there is a TermPower");
            }
        }
    }
}
