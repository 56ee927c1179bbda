using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Volatility;

namespace GpuMargin.Quotes;

/// <summary>Implied volatilities of the quotes of one expiry.</summary>
static class SmilePoints
{
    const double LeastSpread = 1e-6; // of the forward: a quote without spread has no endless weight

    // A volatility outside of these is a mistake in a price.
    const double LeastVolatility = 1e-3, MostVolatility = 50;

    // A premium lowers a volatility that the European formula gives: of the quotes of a side by how much at most.
    const double LeastShare = 0.5, MostShare = 1.02;

    /// <returns>Calls from the forward on and puts below it, rising in strike.</returns>
    /// <exception cref="ArgumentException">Options of a right have no premium for early exercise.</exception>
    public static IReadOnlyList<SmilePoint> Of(ExpiryQuotes quotes, ExpiryMarket market, ExerciseStyle exercise)
    {
        OptionQuote[] outside = [.. quotes.Quotes.Where(quote => quote.Right == (quote.Strike >= market.Forward ? OptionRight.Call : OptionRight.Put))];
        return [.. outside.GroupBy(quote => quote.Right).SelectMany(side => Side(side.Key, [.. side], market, exercise)).OrderBy(point => point.LogMoneyness)];
    }

    static IEnumerable<SmilePoint> Side(OptionRight right, OptionQuote[] quotes, ExpiryMarket market, ExerciseStyle exercise)
    {
        double[] european = [.. quotes.Select(quote => ImpliedVolatility.Black76(quote.Mid / market.Discount, market.Forward, quote.Strike, market.Years, right == OptionRight.Call)).Where(volatility => volatility is > LeastVolatility and < MostVolatility)];
        if (european.Length == 0)
        {
            return [];
        }

        EarlyExercisePremium premium = EarlyExercisePremium.Of(
            right, exercise, market.Rate, market.Yield, market.Years, LeastShare * european.Min(), MostShare * european.Max());
        return quotes.Select(quote => Point(quote, premium, market)).Where(point => point.Volatility is > LeastVolatility and < MostVolatility && point.Weight > 0 && double.IsFinite(point.Weight));
    }

    static SmilePoint Point(OptionQuote quote, EarlyExercisePremium premium, ExpiryMarket market)
    {
        double k = HostMath.Log(quote.Strike / market.Forward), mid = Volatility(quote.Mid);
        double bid = Volatility(quote.Bid), ask = Volatility(quote.Ask), deviation = mid * Math.Sqrt(market.Years);
        double up = deviation / 2 - k / deviation;
        double vega = market.Discount * market.Forward * NormalDistribution.Density(Float64.Of(up)).Value * Math.Sqrt(market.Years);
        return new SmilePoint(
            k, mid, double.IsNaN(bid) ? 0 : bid, double.IsNaN(ask) ? double.PositiveInfinity : ask, vega / Math.Max(quote.Spread, LeastSpread * market.Forward));

        double Volatility(double price) => premium.Volatility(price, market.Spot, quote.Strike);
    }
}
