using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Quotes;

/// <summary>Rates of European options from put–call parity where none are given.</summary>
/// <remarks>
/// Over a few days a discount factor says nothing of a rate: an expiry's rate and the mean over all expiries are weighted by their variances, that of the
/// expiry's estimate and that of rates among expiries.
/// </remarks>
static class ParityRates
{
    const double Among = 0.01; // standard deviation of rates among expiries, a year
    const double LeastError = 1e-6;

    public static QuoteDay Fill(QuoteDay day)
    {
        if (day.Exercise == ExerciseStyle.American)
        {
            return day;
        }

        Estimate?[] found = [.. day.Expiries.Select(Of)];
        Estimate[] known = [.. found.OfType<Estimate>()];
        double weights = known.Sum(estimate => estimate.Weight(Among)), mean = known.Sum(estimate => estimate.Weight(Among) * estimate.Rate) / weights;
        return day with { Expiries = [.. day.Expiries.Select((expiry, i) => expiry.Rate is not null ? expiry : expiry with { Rate = Rate(expiry, found[i]) })] };

        double? Rate(ExpiryQuotes expiry, Estimate? own) =>
            expiry.IsInCoin ? 0
            : own is { } estimate ? mean + (estimate.Rate - mean) * Among * Among * estimate.Weight(Among)
            : known.Length > 0 ? mean
            : null;
    }

    static Estimate? Of(ExpiryQuotes expiry) =>
        expiry.Rate is null && !expiry.IsInCoin && PutCallParity.Of(expiry, null) is { } line
            ? new Estimate(-HostMath.Log(line.Discount) / expiry.Years, Math.Max(line.DiscountError / (line.Discount * expiry.Years), LeastError))
            : null;

    readonly record struct Estimate(double Rate, double Error)
    {
        // One over its variance around the mean of all expiries.
        public double Weight(double among) => 1 / (Error * Error + among * among);
    }
}
