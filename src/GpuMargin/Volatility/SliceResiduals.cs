using GpuMargin.Numerics;

namespace GpuMargin.Volatility;

/// <summary>What a fit makes small: weighted errors of volatilities, and breaches of the conditions without arbitrage as penalties.</summary>
sealed class SliceResiduals
{
    // Breaches begin this far inside, so that a large penalty leaves none.
    const double LeastDensity = 1e-5, LeastRise = 1e-7;
    const double Reach = 6;
    const int Points = 49;

    static readonly double[] s_sinh = [.. Enumerable.Range(0, Points).Select(i => HostMath.Sinh(Reach * (2.0 * i / (Points - 1) - 1)))];

    readonly IReadOnlyList<SmileQuote> quotes;
    readonly double years, scale;
    readonly SviSlice? earlier;
    readonly List<double> places = [];

    public SliceResiduals(IReadOnlyList<SmileQuote> quotes, double years, SviSlice? earlier)
    {
        (this.quotes, this.years, this.earlier) = (quotes, years, earlier);
        scale = 1 / Math.Sqrt(quotes.Sum(quote => quote.Weight * quote.Weight));
    }

    /// <summary>Weight of breaches; 0: they do not count.</summary>
    public double Penalty { get; set; }

    /// <summary>Number of residuals.</summary>
    public int Count => quotes.Count + (Penalty == 0 ? 0 : 1 + Points + places.Count + (earlier is null ? 0 : 2 + 2 * Points + places.Count));

    /// <summary>Adds places at which a breach was found.</summary>
    public void Watch(IEnumerable<ArbitrageRange> ranges) => places.AddRange(ranges.Select(range => range.At).Where(double.IsFinite));

    /// <summary>Weighted mean square of the errors of volatilities.</summary>
    public double Error(SviSlice slice) => quotes.Sum(quote =>
    {
        double error = scale * quote.Weight * (slice.Volatility(quote.LogMoneyness, years) - quote.Volatility);
        return error * error;
    });

    public void At(SviSlice slice, Span<double> residuals)
    {
        int next = 0;
        foreach (SmileQuote quote in quotes)
        {
            residuals[next++] = scale * quote.Weight * (slice.Volatility(quote.LogMoneyness, years) - quote.Volatility);
        }

        if (Penalty == 0)
        {
            return;
        }

        residuals[next++] = Breach(SliceArbitrage.SteepestWing - LeastDensity - slice.Wing);
        for (int i = 0; i < Points + places.Count; i++)
        {
            residuals[next++] = Breach(slice.Durrleman(i < Points ? slice.M + slice.Sigma * s_sinh[i] : places[i - Points]) - LeastDensity);
        }

        if (earlier is { } before)
        {
            residuals[next++] = Breach(slice.B * (1 + slice.Rho) - before.B * (1 + before.Rho));
            residuals[next++] = Breach(slice.B * (1 - slice.Rho) - before.B * (1 - before.Rho));
            for (int i = 0; i < Points; i++)
            {
                residuals[next++] = Rise(before, slice, slice.M + slice.Sigma * s_sinh[i]);
                residuals[next++] = Rise(before, slice, before.M + before.Sigma * s_sinh[i]);
            }

            foreach (double place in places)
            {
                residuals[next++] = Rise(before, slice, place);
            }
        }
    }

    double Rise(SviSlice before, SviSlice slice, double k) => Breach(slice.TotalVariance(k) / before.TotalVariance(k) - 1 - LeastRise);

    double Breach(double slack) => Penalty * Math.Min(0, slack);
}
