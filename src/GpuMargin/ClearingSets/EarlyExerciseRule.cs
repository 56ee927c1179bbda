namespace GpuMargin.ClearingSets;

/// <summary>What early exercise means by the signs of rate and yield.</summary>
static class EarlyExerciseRule
{
    /// <param name="rate">r, continuous.</param>
    /// <param name="yield">q, continuous.</param>
    public static EarlyExercise Of(OptionRight right, double rate, double yield)
    {
        // A call is a put with rate and yield exchanged.
        (double r, double q) = right == OptionRight.Put ? (rate, yield) : (yield, rate);
        return r <= 0 && q >= r ? EarlyExercise.Never
            : r < 0 ? EarlyExercise.TwoBoundaries
            : EarlyExercise.OneBoundary;
    }

    /// <summary>What was expected of a rate that has no price; <see langword="null"/>: it has one.</summary>
    public static string? Breach(OptionRight right, double rate, double yield) =>
        Of(right, rate, yield) != EarlyExercise.TwoBoundaries ? null
        : right == OptionRight.Call
            ? FormattableString.Invariant($"a rate not below the dividend yield {yield}, which is negative (between them an American call has two critical prices)")
            : FormattableString.Invariant($"a rate not below 0, or a dividend yield not below the rate (it is {yield}; between them an American put has two critical prices)");

    /// <summary>What was expected of an American option on an underlying with cash dividends before its expiry that has no price; <see langword="null"/>: it has one, or is none.</summary>
    public static string? BreachWithDividends(Instrument instrument)
    {
        if (instrument.Exercise != ExerciseStyle.American || !instrument.Dividends.Any(dividend => dividend.Years <= instrument.YearsToExpiry))
        {
            return null;
        }

        double rate = instrument.RateTo(instrument.YearsToExpiry);
        double cash = instrument.Dividends.Where(dividend => dividend.Years <= instrument.YearsToExpiry).Sum(dividend => dividend.Amount);
        string name = VisibleText.Name(instrument.Name);
        return instrument.RateMove(instrument.YearsToExpiry).First >= 0
            ? $"an underlying whose American options have rates that no factor moves (that of '{name}' is moved by one)"
            : instrument.Right == OptionRight.Call && rate < 0
            ? FormattableString.Invariant($"an underlying whose American calls have rates of at least 0 ('{name}' has {rate:R})")
            : instrument.Right == OptionRight.Call && cash >= instrument.Strike
            ? FormattableString.Invariant($"an underlying whose American calls have strikes above the dividends until expiry ('{name}' has {instrument.Strike:R}, they are {cash:0.######})")
            : null;
    }
}
