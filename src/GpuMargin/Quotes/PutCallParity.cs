using GpuMargin.ClearingSets;

namespace GpuMargin.Quotes;

/// <summary>Forward F and discount factor D of put–call parity.</summary>
/// <param name="DiscountError">Standard error of D; 0: it was given.</param>
readonly record struct ParityLine(double Forward, double Discount, double DiscountError);

/// <summary>Forward and discount factor from put–call parity: C − P = D·(F − K).</summary>
/// <remarks>
/// Pairs near the money, weighted by one over the square of their spread; a pair that is far from the others loses its weight (Tukey's biweight, with the
/// median of absolute deviations as scale).
/// </remarks>
static class PutCallParity
{
    /// <summary>Pairs that a discount factor takes.</summary>
    public const int PairsOfDiscount = 3;

    const int PairsNearMoney = 12, PairsOfSlope = 40, Rounds = 20;
    const double Biweight = 4.685, MedianToDeviation = 1.4826;
    /// <summary>Pairs of calls and puts with a strike in common.</summary>
    public static IEnumerable<(OptionQuote Call, OptionQuote Put)> Pairs(ExpiryQuotes quotes) => quotes.Quotes.GroupBy(quote => quote.Strike).Where(pair => pair.Count() == 2)
        .Select(pair => (pair.First(quote => quote.Right == OptionRight.Call), pair.First(quote => quote.Right == OptionRight.Put)));

    /// <summary>Parity of mids that are European.</summary>
    /// <inheritdoc cref="Of(IEnumerable{ParityPair}, double?)"/>
    public static ParityLine? Of(ExpiryQuotes quotes, double? discount) =>
        Of(Pairs(quotes).Select(pair => new ParityPair(pair.Call.Strike, pair.Call.Mid - pair.Put.Mid, pair.Call.Spread + pair.Put.Spread)), discount);

    const double LeastSpread = 1e-8, LeastScale = 1e-3; // of a strike; of the median spread

    /// <param name="pairs">In any order.</param>
    /// <param name="discount">D where it is known.</param>
    /// <returns><see langword="null"/>: there are too few pairs.</returns>
    public static ParityLine? Of(IEnumerable<ParityPair> pairs, double? discount)
    {
        ParityPair[] near = [.. pairs.OrderBy(pair => Math.Abs(pair.Difference)).ThenBy(pair => pair.Strike).Take(discount is null ? PairsOfSlope : PairsNearMoney)];
        if (near.Length < (discount is null ? PairsOfDiscount : 1))
        {
            return null;
        }

        double scale = Median([.. near.Select(Spread)]);
        double[] weights = [.. near.Select(pair => 1 / (Spread(pair) * Spread(pair)))];
        ParityLine line = Line(near, weights, discount);
        double before = double.NaN;
        for (int round = 0; round < Rounds && line.Forward != before; round++)
        {
            before = line.Forward;
            double[] errors = [.. near.Select(pair => Math.Abs(pair.Difference - line.Discount * (line.Forward - pair.Strike)))];
            double reach = Biweight * Math.Max(MedianToDeviation * Median(errors), LeastScale * scale);
            line = Line(near, [.. weights.Select((weight, i) => weight * Share(errors[i] / reach))], discount);
        }

        return line.Forward > 0 && line.Discount > 0 && double.IsFinite(line.Forward) ? line : null;

        static double Spread(ParityPair pair) => Math.Max(pair.Spread, LeastSpread * pair.Strike);
    }

    static double Share(double distance) => distance >= 1 ? 0 : (1 - distance * distance) * (1 - distance * distance);

    static ParityLine Line(ParityPair[] pairs, double[] weights, double? discount)
    {
        double sum = 0, strike = 0, difference = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            sum += weights[i];
            strike += weights[i] * pairs[i].Strike;
            difference += weights[i] * pairs[i].Difference;
        }

        (strike, difference) = (strike / sum, difference / sum);
        if (discount is { } known)
        {
            return new ParityLine(strike + difference / known, known, 0);
        }

        double square = 0, product = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            square += weights[i] * (pairs[i].Strike - strike) * (pairs[i].Strike - strike);
            product += weights[i] * (pairs[i].Strike - strike) * (pairs[i].Difference - difference);
        }

        double slope = -product / square, errors = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            double error = pairs[i].Difference - difference + slope * (pairs[i].Strike - strike);
            errors += weights[i] * error * error;
        }

        return new ParityLine(strike + difference / slope, slope, Math.Sqrt(errors / (Math.Max(1, pairs.Length - 2) * square)));
    }

    static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
