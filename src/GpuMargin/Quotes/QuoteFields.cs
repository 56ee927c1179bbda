namespace GpuMargin.Quotes;

/// <summary>Fields of a row of quotes, as mapping.json names them.</summary>
static class QuoteFields
{
    public const string Underlying = "underlying", Time = "time", Expiry = "expiry", Strike = "strike", Right = "right", Bid = "bid", Ask = "ask";
    public const string Spot = "spot", Forward = "forward", Rate = "rate", Yield = "yield", Exercise = "exercise";

    public static IReadOnlyList<string> Required { get; } = [Underlying, Time, Expiry, Strike, Right, Bid, Ask];

    public static IReadOnlyList<string> All { get; } = [.. Required, Spot, Forward, Rate, Yield, Exercise];
}
