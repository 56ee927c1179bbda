using GpuMargin.ClearingSets;
using GpuMargin.Files;
using GpuMargin.Files.Mapping;

namespace GpuMargin.Quotes;

/// <summary>One row of quotes; prices in quote currency, 0: none.</summary>
sealed record QuoteRow(
    int Line, string Underlying, DateTimeOffset Time, DateTimeOffset Expiry, double Strike, OptionRight Right, double Bid, double Ask, ExerciseStyle Exercise, bool IsInCoin)
{
    static readonly NumberRule s_rate = new("a rate from -1 to 1, such as 0.05 for 5 %") { Least = -1, Most = 1 };

    public double? Spot { get; init; }

    public double? Forward { get; init; }

    public double? Rate { get; init; }

    public double? Yield { get; init; }

    /// <returns><see langword="null"/> after a fault.</returns>
    public static QuoteRow? Of(MappedRow row, ColumnMapping mapping, FaultList faults)
    {
        int before = faults.Count;
        string? underlying = row.Text(QuoteFields.Underlying, "the name of the underlying");
        if (underlying is not null && NameRule.Breach(underlying) is { } breach)
        {
            row.Refuse(QuoteFields.Underlying, underlying, breach);
        }

        DateTimeOffset? time = row.Time(QuoteFields.Time), expiry = row.Time(QuoteFields.Expiry);
        double? strike = row.Number(QuoteFields.Strike, NumberRule.Positive);
        OptionRight? right = row.Word(QuoteFields.Right, Words.Rights);
        double? spot = row.NumberOrNone(QuoteFields.Spot, NumberRule.NotNegative), forward = row.NumberOrNone(QuoteFields.Forward, NumberRule.NotNegative);
        double? rate = row.NumberOrNone(QuoteFields.Rate, s_rate), yield = row.NumberOrNone(QuoteFields.Yield, s_rate);
        ExerciseStyle? exercise = mapping.Find(QuoteFields.Exercise) is null ? ExerciseStyle.European : row.Word(QuoteFields.Exercise, Words.Exercises);
        bool isInCoin = mapping.Find(QuoteFields.Bid)!.Unit == PriceUnit.Coin;
        double bid = Price(QuoteFields.Bid), ask = Price(QuoteFields.Ask);
        // A fault of a constant is noted in its first row only.
        bool isWhole = underlying is not null && time is not null && expiry is not null && strike is not null && right is not null && exercise is not null;
        return faults.Count > before || !isWhole ? null : new QuoteRow(row.Line, underlying!, time!.Value, expiry!.Value, strike!.Value, right!.Value, bid, ask, exercise!.Value, isInCoin)
        {
            Spot = spot > 0 ? spot : null,
            Forward = forward > 0 ? forward : null,
            Rate = rate,
            Yield = yield,
        };

        double Price(string field)
        {
            double price = row.NumberOrNone(field, NumberRule.NotNegative) ?? 0;
            if (mapping.Find(field)!.Unit == PriceUnit.Currency || price == 0)
            {
                return price;
            }

            if (forward is not > 0)
            {
                row.Refuse(field, FormattableString.Invariant($"{price}"), "a price in currency, or a 'forward' above 0 in the row: prices in coin are values over the forward");
            }

            return price * (forward ?? 0);
        }
    }
}
