namespace GpuMargin.Volatility;

/// <summary>First slices of a fit: total variance is linear in three of the five parameters once m and σ are given, so these two are searched on a grid (Zeliade 2009, quasi-explicit).</summary>
static class SliceStarts
{
    const int Count = 3;
    const int Places = 9;
    const double SteepestCorrelation = 0.98;
    const double LeastShare = 0.02; // of the lowest variance that was quoted

    const double LeastRise = 1e-6;

    static readonly double[] s_widths = [0.03, 0.06, 0.12, 0.25, 0.5, 1, 2];

    /// <summary>The best of the grid, best first.</summary>
    public static IReadOnlyList<SviSlice> Raw(IReadOnlyList<SmileQuote> quotes, double years)
    {
        double low = quotes.Min(quote => quote.LogMoneyness), high = quotes.Max(quote => quote.LogMoneyness), span = high - low;
        List<(double Error, SviSlice Slice)> found = [];
        for (int i = 0; i < Places; i++)
        {
            foreach (double width in s_widths)
            {
                SviSlice slice = Explicit(quotes, years, low + span * i / (Places - 1), width * span);
                found.Add((Error(quotes, years, slice), slice));
            }
        }

        return [.. found.OrderBy(start => start.Error).Take(Count).Select(start => start.Slice)];
    }

    /// <summary>SSVI slices of three skews through the variance nearest the money.</summary>
    public static IReadOnlyList<SviSlice> Ssvi(IReadOnlyList<SmileQuote> quotes, double years)
    {
        SmileQuote nearest = quotes.MinBy(quote => Math.Abs(quote.LogMoneyness));
        double theta = nearest.Volatility * nearest.Volatility * years, phi = 1 / Math.Sqrt(theta);
        return [.. ((double[])[-0.5, 0.01, 0.5]).Select(rho => new SviSlice(theta * (1 - rho * rho) / 2, theta * phi / 2, rho, -rho / phi, Math.Sqrt(1 - rho * rho) / phi))];
    }

    /// <summary>The earlier slice, raised to the quotes' variances where these are higher on the mean: without calendar arbitrage, and with no more butterfly arbitrage.</summary>
    public static SviSlice Raised(SviSlice earlier, IReadOnlyList<SmileQuote> quotes, double years)
    {
        double rise = quotes.Average(quote => quote.Volatility * quote.Volatility * years - earlier.TotalVariance(quote.LogMoneyness));
        return earlier with { A = earlier.A + Math.Max(rise, LeastRise * earlier.LeastVariance) };
    }

    // w = a + d·y + c·√(y² + 1), y = (k − m)/σ, by normal equations; what leaves the domain goes to its edge.
    static SviSlice Explicit(IReadOnlyList<SmileQuote> quotes, double years, double m, double sigma)
    {
        Span<double> s = stackalloc double[9];
        double least = double.PositiveInfinity;
        foreach (SmileQuote quote in quotes)
        {
            double y = (quote.LogMoneyness - m) / sigma, z = Math.Sqrt(y * y + 1), w = quote.Volatility * quote.Volatility * years;
            double slope = quote.Weight / (2 * quote.Volatility * years), weight = slope * slope;
            least = Math.Min(least, w);
            Add(s, weight, weight * y, weight * z, weight * y * y, weight * y * z, weight * z * z, weight * w, weight * w * y, weight * w * z);
        }

        double yMean = s[1] / s[0], zMean = s[2] / s[0], mean = s[6] / s[0];
        double yy = s[3] - s[1] * yMean, yz = s[4] - s[1] * zMean, zz = s[5] - s[2] * zMean, wy = s[7] - s[6] * yMean, wz = s[8] - s[6] * zMean;
        double determinant = yy * zz - yz * yz, c = (wz * yy - wy * yz) / determinant;
        c = c > 0 && double.IsFinite(c) ? Math.Min(c, sigma) : 0.01 * mean;
        double d = Math.Clamp((wy - c * yz) / yy, -SteepestCorrelation * c, SteepestCorrelation * c);
        double level = Math.Max(mean - d * yMean - c * zMean, LeastShare * least - Math.Sqrt((c - d) * (c + d)));
        return new SviSlice(level, c / sigma, d / c, m, sigma);
    }

    static void Add(Span<double> sums, params ReadOnlySpan<double> terms)
    {
        for (int i = 0; i < terms.Length; i++)
        {
            sums[i] += terms[i];
        }
    }

    static double Error(IReadOnlyList<SmileQuote> quotes, double years, SviSlice slice) => quotes.Sum(quote =>
    {
        double error = quote.Weight * (slice.Volatility(quote.LogMoneyness, years) - quote.Volatility);
        return error * error;
    });
}
