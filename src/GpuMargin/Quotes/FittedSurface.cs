using GpuMargin.ClearingSets;
using GpuMargin.Numerics;
using GpuMargin.Volatility;

namespace GpuMargin.Quotes;

/// <summary>Smiles of one underlying, fitted to the quotes of a day.</summary>
/// <param name="Smiles">By expiry.</param>
/// <param name="Left">Expiries without a smile, and why.</param>
sealed record FittedSurface(QuoteDay Day, IReadOnlyList<FittedSmile> Smiles, IReadOnlyList<(DateTimeOffset Expiry, string Reason)> Left)
{
    readonly Smile[] slices = [.. Smiles.Select(smile => new Smile(smile.Market.Years, smile.Fit.Slice))];

    /// <summary>Price of the underlying; where none is quoted the forward of the first smile.</summary>
    public double Price => Day.Expiries.Select(expiry => expiry.Spot).FirstOrDefault(spot => spot is not null) ?? Smiles[0].Market.Forward;

    /// <param name="day">Implied volatilities of its expiries are computed side by side; each slice is fitted above the one before.</param>
    public static FittedSurface Of(QuoteDay day, CancellationToken cancellation = default)
    {
        day = ParityRates.Fill(day);
        (ExpiryMarket Market, IReadOnlyList<SmilePoint> Points, string? Reason)[] implied = new (ExpiryMarket, IReadOnlyList<SmilePoint>, string?)[day.Expiries.Count];
        SideBySide.For(implied.Length, i => implied[i] = Implied(day, day.Expiries[i]), cancellation: cancellation);
        List<FittedSmile> smiles = [];
        List<(DateTimeOffset, string)> left = [];
        for (int i = 0; i < implied.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ExpiryQuotes expiry = day.Expiries[i];
            if (implied[i].Reason is { } reason)
            {
                left.Add((expiry.Expiry, reason));
                continue;
            }

            SviFit fit = SviFit.Of([.. implied[i].Points.Select(point => point.Quote)], expiry.Years, smiles.Count == 0 ? null : smiles[^1].Fit.Slice);
            smiles.Add(new FittedSmile(expiry, implied[i].Market, implied[i].Points, fit));
        }

        return new FittedSurface(day, smiles, left);
    }

    /// <summary>Implied volatility, a year, as <see cref="VolatilitySurface.Volatility"/>.</summary>
    /// <param name="logMoneyness">ln(K/F).</param>
    public double Volatility(double logMoneyness, double years) => Smile.Volatility(slices, logMoneyness, years);

    static (ExpiryMarket, IReadOnlyList<SmilePoint>, string?) Implied(QuoteDay day, ExpiryQuotes expiry)
    {
        try
        {
            ExpiryMarket market = ExpiryMarket.Of(expiry, day.Exercise);
            IReadOnlyList<SmilePoint> points = SmilePoints.Of(expiry, market, day.Exercise);
            return (market, points, points.Count == 0 ? "no option out of the money with an implied volatility" : null);
        }
        catch (Exception refused) when (refused is ArgumentException or ArithmeticException)
        {
            return (default, [], refused.Message);
        }
    }
}
