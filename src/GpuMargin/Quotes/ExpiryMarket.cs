using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Quotes;

/// <summary>Forward and rates of one expiry.</summary>
/// <param name="Spot">Price of the underlying that options are exercised at; of options on the forward itself the forward.</param>
/// <param name="Rate">Continuous, a year.</param>
/// <param name="Yield">Continuous, a year: F = S·e^((r − q)T).</param>
/// <param name="FromParity">Whether the forward is that of put–call parity.</param>
readonly record struct ExpiryMarket(double Spot, double Forward, double Rate, double Yield, double Years, bool FromParity)
{
    /// <summary>e^(−rT).</summary>
    public double Discount => HostMath.Exp(-Rate * Years);

    /// <exception cref="ArgumentException">What is given does not do; the message says what was expected.</exception>
    public static ExpiryMarket Of(ExpiryQuotes quotes, ExerciseStyle exercise)
    {
        double? rate = quotes.Rate ?? (quotes.IsInCoin ? 0 : null);
        if (exercise == ExerciseStyle.American && rate is null)
        {
            throw new ArgumentException("no rate, expected the field 'rate': American options have no put–call parity that gives it");
        }

        if (quotes.Forward is { } forward)
        {
            return Of(quotes, forward, rate ?? RateOf(Parity(quotes, null)?.Discount ?? 1, quotes.Years), fromParity: false);
        }

        if (quotes.Spot is { } spot && rate is { } known && quotes.Yield is { } yield)
        {
            return new ExpiryMarket(spot, spot * HostMath.Exp((known - yield) * quotes.Years), known, yield, quotes.Years, false);
        }

        double? discount = rate is { } r ? HostMath.Exp(-r * quotes.Years) : null;
        if (Parity(quotes, discount) is not { } parity)
        {
            throw new ArgumentException(discount is null
                ? FormattableString.Invariant($"fewer than {PutCallParity.PairsOfDiscount} strikes with call and put, expected them, or the fields 'forward' and 'rate', or 'spot', 'rate' and 'yield'")
                : "no strike with call and put, expected one, or the field 'forward', or 'spot' and 'yield'");
        }

        ExpiryMarket market = Of(quotes, parity.Forward, RateOf(parity.Discount, quotes.Years), fromParity: true);
        return exercise == ExerciseStyle.American && quotes.Spot is not null ? AmericanParity.Refined(market, quotes) : market;
    }

    /// <summary>The same with another forward.</summary>
    public ExpiryMarket With(double forward) => this with { Forward = forward, Yield = Rate - HostMath.Log(forward / Spot) / Years };

    static ExpiryMarket Of(ExpiryQuotes quotes, double forward, double rate, bool fromParity) =>
        new ExpiryMarket(quotes.Spot ?? forward, forward, rate, rate, quotes.Years, fromParity).With(forward);

    static double RateOf(double discount, double years) => -HostMath.Log(discount) / years;

    static (double Forward, double Discount)? Parity(ExpiryQuotes quotes, double? discount) =>
        PutCallParity.Of(quotes.Quotes.GroupBy(quote => quote.Strike).Where(pair => pair.Count() == 2).Select(pair =>
        {
            (OptionQuote call, OptionQuote put) = (pair.First(quote => quote.Right == OptionRight.Call), pair.First(quote => quote.Right == OptionRight.Put));
            return new ParityPair(pair.Key, call.Mid - put.Mid, call.Spread + put.Spread);
        }), discount);
}
