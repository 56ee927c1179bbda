namespace GpuMargin.Quotes;

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
    const double LeastSpread = 1e-8, LeastScale = 1e-3; // of a strike; of the median spread

    /// <param name="pairs">In any order.</param>
    /// <param name="discount">D where it is known.</param>
    /// <returns><see langword="null"/>: there are too few pairs.</returns>
    public static (double Forward, double Discount)? Of(IEnumerable<ParityPair> pairs, double? discount)
    {
        ParityPair[] near = [.. pairs.OrderBy(pair => Math.Abs(pair.Difference)).ThenBy(pair => pair.Strike).Take(discount is null ? PairsOfSlope : PairsNearMoney)];
        if (near.Length < (discount is null ? PairsOfDiscount : 1))
        {
            return null;
        }

        double scale = Median([.. near.Select(Spread)]);
        double[] weights = [.. near.Select(pair => 1 / (Spread(pair) * Spread(pair)))];
        (double Forward, double Discount) line = Line(near, weights, discount);
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

    static (double Forward, double Discount) Line(ParityPair[] pairs, double[] weights, double? discount)
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
            return (strike + difference / known, known);
        }

        double square = 0, product = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            square += weights[i] * (pairs[i].Strike - strike) * (pairs[i].Strike - strike);
            product += weights[i] * (pairs[i].Strike - strike) * (pairs[i].Difference - difference);
        }

        double slope = -product / square;
        return (strike + difference / slope, slope);
    }

    static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
