namespace GpuMargin.ClearingSets.Validation;

/// <summary>Ranges of instruments and positions, and what they refer to.</summary>
static class PortfolioValidator
{
    public static void CheckInstruments(ClearingSet set, PropertyFaults at)
    {
        if (set.Instruments.Count == 0)
        {
            at.Add(nameof(set.Instruments), null, "at least one instrument");
        }

        at.Names(nameof(set.Instruments), [.. set.Instruments.Select(instrument => instrument.Name)]);
        for (int i = 0; i < set.Instruments.Count; i++)
        {
            Check(set, set.Instruments[i], FormattableString.Invariant($"{nameof(set.Instruments)}[{i}]"), at);
        }

        CurveValidator.Check(set, at);
        SurfaceValidator.Check(set, at);
    }

    public static void CheckPositions(ClearingSet set, PropertyFaults at)
    {
        at.Names(nameof(set.Accounts), set.Accounts);
        (int[] account, int[] instrument, double[] quantity) = set.Positions;
        if (account.Length != quantity.Length || instrument.Length != quantity.Length)
        {
            at.Add(nameof(set.Positions), FormattableString.Invariant($"{account.Length}, {instrument.Length} and {quantity.Length}"), "columns of one length");
            return;
        }

        if (quantity.Length == 0)
        {
            at.Add(nameof(set.Positions), null, "at least one position");
        }

        for (int row = 0; row < quantity.Length; row++)
        {
            if ((uint)account[row] >= (uint)set.Accounts.Count || (uint)instrument[row] >= (uint)set.Instruments.Count || !double.IsFinite(quantity[row]))
            {
                at.Index(FormattableString.Invariant($"Positions.Account[{row}]"), account[row], set.Accounts.Count, "an account");
                at.Index(FormattableString.Invariant($"Positions.Instrument[{row}]"), instrument[row], set.Instruments.Count, "an instrument");
                at.Number(FormattableString.Invariant($"Positions.Quantity[{row}]"), quantity[row], NumberRule.Finite);
            }
        }
    }

    static void Check(ClearingSet set, Instrument instrument, string property, PropertyFaults at)
    {
        CheckFactor(set, $"{property}.Underlying", instrument.Underlying, RiskFactorKind.Price, required: true, at, additive: instrument.Type.AllowsAdditive);
        CheckFactor(set, $"{property}.VolatilityFactor", instrument.VolatilityFactor, RiskFactorKind.Volatility, required: false, at);
        CheckFactor(set, $"{property}.RateFactor", instrument.RateFactor, RiskFactorKind.Rate, required: false, at);
        CheckCurrency(set.Settings, instrument.Currency, $"{property}.Currency", at);
        at.Name($"{property}.ProductClass", instrument.ProductClass);
        at.Number($"{property}.Multiplier", instrument.Multiplier, NumberRule.Positive);
        at.Number($"{property}.Rate", instrument.Rate, NumberRule.Finite);
        at.Number($"{property}.DividendYield", instrument.DividendYield, NumberRule.Finite);
        if (instrument.Type.IsOnFuture && instrument.DividendYield != 0)
        {
            at.Add($"{property}.DividendYield", FormattableString.Invariant($"{instrument.DividendYield}"), $"0, because Type is '{instrument.Type.Word}'");
        }

        if (instrument.Type.Has(InstrumentColumn.Expiry))
        {
            at.Number($"{property}.YearsToExpiry", instrument.YearsToExpiry, NumberRule.Positive);
        }

        if (instrument.Type.Has(InstrumentColumn.Strike))
        {
            bool additive = instrument.Underlying >= 0 && instrument.Underlying < set.Factors.Count && set.Factors[instrument.Underlying].Kind == RiskFactorKind.Additive;
            at.Number($"{property}.Strike", instrument.Strike, InstrumentRule.Strike(additive));
        }

        if (instrument.Type.Has(InstrumentColumn.Volatility))
        {
            at.Number($"{property}.Volatility", instrument.Volatility, NumberRule.NotNegative);
        }

        if (instrument.Type.Has(InstrumentColumn.Right))
        {
            at.Word($"{property}.Right", instrument.Right, Words.Rights);
        }

        CheckExercise(set, instrument, property, at);
    }

    static void CheckExercise(ClearingSet set, Instrument instrument, string property, PropertyFaults at)
    {
        at.Word($"{property}.Exercise", instrument.Exercise, Words.Exercises);
        if (instrument.Exercise != ExerciseStyle.American)
        {
            return;
        }

        if (!instrument.Type.AllowsAmerican)
        {
            at.Add($"{property}.Exercise", Words.Exercises.WordOf(instrument.Exercise), $"'european', because Type is '{instrument.Type.Word}'");
        }
        else if (instrument.Underlying >= 0 && instrument.Underlying < set.Factors.Count && set.Factors[instrument.Underlying].Kind == RiskFactorKind.Additive)
        {
            at.Add($"{property}.Exercise", Words.Exercises.WordOf(instrument.Exercise), "'european', because the underlying is an additive factor");
        }
        else if (instrument.Volatility == 0)
        {
            at.Add($"{property}.Volatility", "0", "a volatility greater than 0, because Exercise is 'american'");
        }
        else if (instrument.Curve is null && EarlyExerciseRule.Breach(instrument.Right, instrument.Rate, instrument.Type.IsOnFuture ? instrument.Rate : instrument.DividendYield) is { } expected)
        {
            at.Add($"{property}.Rate", FormattableString.Invariant($"{instrument.Rate}"), expected);
        }
    }

    public static void CheckCurrency(RunSettings settings, string currency, string property, PropertyFaults at)
    {
        if (currency != settings.Currency && !settings.Fx.ContainsKey(currency))
        {
            at.Add(property, currency, $"the run's currency '{settings.Currency}' or a currency of settings.Fx");
        }
    }

    public static void CheckFactor(ClearingSet set, string property, int index, RiskFactorKind kind, bool required, PropertyFaults at, bool additive = false)
    {
        if (at.Index(property, index, set.Factors.Count, FactorRule.Phrase(kind), required ? 0 : -1) && set.Factors[index].Kind is var actual && actual != kind && !(additive && actual == RiskFactorKind.Additive) && Enum.IsDefined(actual))
        {
            at.Add(property, FormattableString.Invariant($"{index}"), $"{FactorRule.Phrase(kind)} ('{set.Factors[index].Name}' is {FactorRule.Phrase(actual)})");
        }
    }
}
