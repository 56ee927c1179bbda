using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using GpuMargin.Volatility;

namespace GpuMargin.Quotes;

/// <summary>Forward from calls and puts that may be exercised early: their premiums are taken away, which needs the forward, so it is found in rounds.</summary>
static class AmericanParity
{
    const int Rounds = 12, PairsNearMoney = 4;
    const double Converged = 1e-7; // of the forward
    const double FirstVolatility = 0.3;

    public static ExpiryMarket Refined(ExpiryMarket market, ExpiryQuotes quotes)
    {
        (OptionQuote Call, OptionQuote Put)[] pairs =
        [
            .. PutCallParity.Pairs(quotes)
                .OrderBy(pair => Math.Abs(pair.Call.Strike - market.Forward)).Take(PairsNearMoney),
        ];
        double[] volatilities = [.. Enumerable.Repeat(FirstVolatility, 2 * pairs.Length)];
        for (int round = 0; round < Rounds; round++)
        {
            ExpiryMarket now = market;
            ParityLine? found = PutCallParity.Of(
                pairs.Select((pair, i) => new ParityPair(
                    pair.Call.Strike, European(now, pair.Call, ref volatilities[2 * i]) - European(now, pair.Put, ref volatilities[2 * i + 1]), pair.Call.Spread + pair.Put.Spread)).ToArray(),
                market.Discount);
            if (found is not { } parity)
            {
                break;
            }

            market = market.With(parity.Forward);
            if (Math.Abs(parity.Forward - now.Forward) <= Converged * parity.Forward)
            {
                break;
            }
        }

        return market;
    }

    // The mid less the premium at the volatility, which then is that of the rest.
    static double European(ExpiryMarket market, OptionQuote quote, ref double volatility)
    {
        EarlyExercise rule = EarlyExerciseRule.Of(quote.Right, market.Rate, market.Yield);
        if (rule != EarlyExercise.OneBoundary)
        {
            return quote.Mid;
        }

        bool isCall = quote.Right == OptionRight.Call;
        (double unit, double price, double rate, double yield) = isCall
            ? (market.Spot, quote.Strike / market.Spot, market.Yield, market.Rate) : (quote.Strike, market.Spot / quote.Strike, market.Rate, market.Yield);
        double premium = unit * new AmericanPut(rule, rate, yield, volatility, market.Years, BoundaryAccuracy.Sizes[1]).At(price).Premium;
        double european = Math.Max(quote.Mid - premium, market.Discount * Math.Max(0, isCall ? market.Forward - quote.Strike : quote.Strike - market.Forward));
        double found = ImpliedVolatility.Black76(european / market.Discount, market.Forward, quote.Strike, market.Years, isCall);
        volatility = double.IsNaN(found) ? volatility : found;
        return european;
    }
}
