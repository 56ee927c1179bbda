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

    /// <param name="quotes">With the rate of <see cref="ParityRates"/> where none was given.</param>
    /// <exception cref="ArgumentException">What is given does not do; the message says what was expected.</exception>
    public static ExpiryMarket Of(ExpiryQuotes quotes, ExerciseStyle exercise)
    {
        if (quotes.Rate is not { } rate)
        {
            throw new ArgumentException(exercise == ExerciseStyle.American
                ? "no rate, expected the field 'rate': American options have no put\u2013call parity that gives it"
                : FormattableString.Invariant($"no rate and fewer than {PutCallParity.PairsOfDiscount} strikes with call and put that would give it, expected the field 'rate'"));
        }

        if (quotes.Forward is { } forward)
        {
            return Of(quotes, forward, rate, fromParity: false);
        }

        if (quotes.Spot is { } spot && quotes.Yield is { } yield)
        {
            return new ExpiryMarket(spot, spot * HostMath.Exp((rate - yield) * quotes.Years), rate, yield, quotes.Years, false);
        }

        ParityLine parity = PutCallParity.Of(quotes, HostMath.Exp(-rate * quotes.Years))
            ?? throw new ArgumentException("no strike with call and put, expected one, or the field 'forward', or 'spot' and 'yield'");
        ExpiryMarket market = Of(quotes, parity.Forward, rate, fromParity: true);
        return exercise == ExerciseStyle.American && quotes.Spot is not null ? AmericanParity.Refined(market, quotes) : market;
    }

    /// <summary>The same with another forward.</summary>
    public ExpiryMarket With(double forward) => this with { Forward = forward, Yield = Rate - HostMath.Log(forward / Spot) / Years };

    static ExpiryMarket Of(ExpiryQuotes quotes, double forward, double rate, bool fromParity) =>
        new ExpiryMarket(quotes.Spot ?? forward, forward, rate, rate, quotes.Years, fromParity).With(forward);
}
