using GpuMargin.Volatility;
using Xunit;

namespace GpuMargin.Tests.Volatility;

public sealed class SviFitTests
{
    const double Years = 0.25;
    const double Exact = 1e-8; // of parameters, from quotes without noise
    const double Flat = 1e-5; // of volatilities, where the bend lies outside of the quotes and parameters hardly matter

    static readonly SviSlice s_equity = new(0.002, 0.05, -0.6, 0.02, 0.08);

    [Fact]
    public void Quotes_of_a_slice_give_the_slice()
    {
        SviFit fit = SviFit.Of(Quotes(s_equity, 25), Years);
        Assert.Equal(5, fit.Parameters);
        Same(s_equity, fit.Slice, Exact);
        Assert.InRange(fit.Worst, 0, Exact);
        Assert.Empty(fit.Butterfly);
    }

    [Fact]
    public void A_hundred_slices_are_found_again()
    {
        Random random = new(1);
        for (int i = 0; i < 100; i++)
        {
            double volatility = 0.1 + 0.6 * random.NextDouble(), theta = volatility * volatility * Years;
            SviSlice slice = RandomSlices.Ssvi(theta, (0.2 + random.NextDouble()) / Math.Sqrt(theta), 1.6 * random.NextDouble() - 0.8);
            SviFit fit = SviFit.Of(Quotes(slice, 21), Years);
            Assert.True(fit.Worst < Flat, $"{slice} {fit}");
        }
    }

    [Fact]
    public void Noise_moves_volatilities_at_the_money_by_less_than_itself()
    {
        const double Noise = 0.002;
        Random random = new(2);
        double worst = 0;
        for (int i = 0; i < 20; i++)
        {
            SmileQuote[] quotes = [.. Quotes(s_equity, 41).Select(quote => quote with { Volatility = quote.Volatility + Noise * (2 * random.NextDouble() - 1) })];
            SviFit fit = SviFit.Of(quotes, Years);
            Assert.Empty(fit.Butterfly);
            Assert.True(Error(fit.Slice, quotes) <= Error(s_equity, quotes), fit.ToString());
            worst = Math.Max(worst, Math.Abs(fit.Slice.Volatility(0, Years) - s_equity.Volatility(0, Years)));
        }

        Assert.InRange(worst, 0, Noise);
    }

    [Fact]
    public void Weights_pull_a_fit_to_the_certain_quotes()
    {
        SmileQuote[] quotes = [.. Quotes(s_equity, 21).Select((quote, i) => i % 4 == 3 ? quote with { Volatility = quote.Volatility + 0.05, Weight = 0.001 } : quote)];
        Assert.InRange(Math.Abs(SviFit.Of(quotes, Years).Slice.Volatility(0, Years) - s_equity.Volatility(0, Years)), 0, 1e-5);
    }

    [Fact]
    public void A_fit_of_quotes_with_butterfly_arbitrage_has_none()
    {
        SmileQuote[] quotes = Quotes(SviSliceTests.Vogt, 41, years: 1, reach: 1.3);
        SviFit fit = SviFit.Of(quotes, 1);
        Assert.NotEmpty(SliceArbitrage.Butterfly(SviSliceTests.Vogt));
        Assert.Empty(fit.Butterfly);
        Assert.InRange(fit.Worst, 1e-4, 0.02);
    }

    [Fact]
    public void A_fit_does_not_fall_below_the_earlier_slice()
    {
        SviSlice earlier = s_equity with { A = 0.0035 };
        Assert.NotEmpty(SliceArbitrage.Calendar(earlier, s_equity));
        SviFit fit = SviFit.Of(Quotes(s_equity, 21), Years, earlier);
        Assert.Empty(fit.Calendar);
        Assert.Empty(fit.Butterfly);
        Assert.InRange(fit.Worst, 1e-3, 0.05);
    }

    [Fact]
    public void Noisy_slices_above_each_other_stay_near_their_quotes()
    {
        // Relative errors of 1 % in few strikes often give an earlier slice that a later one has to climb over.
        Random random = new(5);
        for (int i = 0; i < 200; i++)
        {
            SviFit first = SviFit.Of(Noisy(0.04 / 12), 1.0 / 12), second = SviFit.Of(Noisy(0.04 / 6), 1.0 / 6, first.Slice);
            Assert.True(second.HasNoArbitrage && second.RootMeanSquare < 0.01, $"{first.Slice} {second.Slice} {second.RootMeanSquare}");

            SmileQuote[] Noisy(double theta)
            {
                SviSlice slice = RandomSlices.Ssvi(theta, 0.8 / Math.Sqrt(theta), -0.6);
                return [.. Quotes(slice, 15, years: theta / 0.04, reach: 2.2 * Math.Sqrt(theta)).Select(quote => quote with { Volatility = quote.Volatility * (1 + 0.01 * (2 * random.NextDouble() - 1)) })];
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(5, 5)]
    public void Few_strikes_have_fewer_parameters(int strikes, int parameters)
    {
        SviFit fit = SviFit.Of(Quotes(s_equity, strikes), Years);
        Assert.Equal(parameters, fit.Parameters);
        Assert.Empty(fit.Butterfly);
        Assert.InRange(fit.Worst, 0, strikes < 3 ? 0.1 : 0.01);
    }

    [Fact]
    public void Equal_volatilities_give_a_flat_smile()
    {
        SviFit fit = SviFit.Of([.. Enumerable.Range(-5, 11).Select(i => new SmileQuote(0.1 * i, 0.3))], Years);
        Assert.InRange(fit.Worst, 0, 1e-5);
        Assert.Empty(fit.Butterfly);
    }

    [Fact]
    public void The_same_quotes_give_the_same_bits() =>
        Assert.Equal(SviFit.Of(Quotes(s_equity, 11), Years).Slice, SviFit.Of(Quotes(s_equity, 11), Years).Slice);

    [Fact]
    public void A_delta_and_a_strike_are_a_log_moneyness()
    {
        SmileQuote quote = SmileQuote.OfDelta(0.25, 0.4, Years);
        Assert.Equal(0.25, SmileQuote.Delta(quote.LogMoneyness, 0.4 * Math.Sqrt(Years)), 14);
        Assert.Equal(quote.LogMoneyness, SmileQuote.OfStrike(100 * Math.Exp(quote.LogMoneyness), 100, 0.4).LogMoneyness, 14);
    }

    [Theory]
    [InlineData(-0.1, 1, 0.25)]
    [InlineData(0.2, 0, 0.25)]
    [InlineData(0.2, 1, 0)]
    public void Numbers_that_are_not_above_zero_are_refused(double volatility, double weight, double years) =>
        Assert.Throws<ArgumentException>(() => SviFit.Of([new SmileQuote(0, volatility, weight)], years));

    internal static SmileQuote[] Quotes(SviSlice slice, int count, double years = Years, double reach = 0.4) =>
    [
        .. Enumerable.Range(0, count).Select(i => count == 1 ? 0 : reach * (2.0 * i / (count - 1) - 1)).Select(k => new SmileQuote(k, slice.Volatility(k, years))),
    ];

    static double Error(SviSlice slice, SmileQuote[] quotes) => quotes.Sum(quote => Math.Pow(slice.Volatility(quote.LogMoneyness, Years) - quote.Volatility, 2));

    static void Same(SviSlice expected, SviSlice found, double allowed)
    {
        Assert.Equal(expected.A, found.A, allowed);
        Assert.Equal(expected.B, found.B, allowed);
        Assert.Equal(expected.Rho, found.Rho, allowed);
        Assert.Equal(expected.M, found.M, allowed);
        Assert.Equal(expected.Sigma, found.Sigma, allowed);
    }
}
