using System.Globalization;
using GpuMargin.ClearingSets.InstrumentTypes;

namespace GpuMargin.ClearingSets.Validation;

/// <summary>Cash dividends of a set's instruments.</summary>
static class DividendValidator
{
    public static void Check(ClearingSet set, PropertyFaults at)
    {
        Dictionary<int, Instrument> first = [];
        for (int i = 0; i < set.Instruments.Count; i++)
        {
            Instrument instrument = set.Instruments[i];
            string property = FormattableString.Invariant($"{nameof(set.Instruments)}[{i}].{nameof(Instrument.Dividends)}");
            if (!first.TryAdd(instrument.Underlying, instrument) && !first[instrument.Underlying].Dividends.SequenceEqual(instrument.Dividends))
            {
                at.Add(property, null, $"the dividends of the other instruments on the underlying, such as '{first[instrument.Underlying].Name}'");
            }

            if (instrument.Dividends.Count > 0)
            {
                Check(set, instrument, property, at);
            }
        }
    }

    static void Check(ClearingSet set, Instrument instrument, string property, PropertyFaults at)
    {
        double before = 0;
        for (int k = 0; k < instrument.Dividends.Count; k++)
        {
            (double years, double amount) = instrument.Dividends[k];
            at.Number(FormattableString.Invariant($"{property}[{k}].Amount"), amount, NumberRule.NotNegative);
            if (!(years > before && double.IsFinite(years)))
            {
                at.Add(FormattableString.Invariant($"{property}[{k}].Years"), years.ToString(CultureInfo.InvariantCulture), "years above 0 that rise");
            }

            before = years;
        }

        if (EarlyExerciseRule.BreachWithDividends(instrument) is { } expected)
        {
            at.Add(property, null, $"none, or {expected}");
        }

        if (instrument.DividendYield != 0)
        {
            at.Add(property, null, "none, because there is a DividendYield: a yield or a schedule, not both");
        }

        if ((uint)instrument.Underlying < (uint)set.Factors.Count && set.Factors[instrument.Underlying] is var underlying)
        {
            if (underlying.Kind != RiskFactorKind.Price || instrument.Type.IsInverse || instrument.Type.IsOnFuture || set.Settings.Fx.Values.Any(fx => fx.Factor == underlying.Name))
            {
                at.Add(property, null, "none on an additive factor, an exchange rate or under a coin-margined contract or an option on a future");
            }
            else if (EscrowedSpot.Cash(instrument, 0) >= underlying.Level)
            {
                at.Add(property, EscrowedSpot.Cash(instrument, 0).ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"dividends up to expiry worth less than the underlying's level {underlying.Level}"));
            }
        }
    }
}
