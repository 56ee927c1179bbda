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
}
