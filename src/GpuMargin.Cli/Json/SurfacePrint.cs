using GpuMargin.ClearingSets;
using GpuMargin.Quotes;
using GpuMargin.Volatility;

namespace GpuMargin.Cli.Json;

/// <summary>What <c>surface --json</c> puts on stdout.</summary>
/// <param name="Out">Folder of the files.</param>
/// <param name="Days">Days of the history; 1 without one.</param>
sealed record SurfacePrint(string Out, IReadOnlyList<string> Files, int Days, PrintedSurface[] Surfaces, string[] Warnings, double Seconds);

/// <param name="Left">Expiries without a smile.</param>
sealed record PrintedSurface(string Surface, string Time, double Price, string Exercise, PrintedSmile[] Smiles, PrintedPivot[] Pivots, LeftExpiry[] Left)
{
    internal static PrintedSurface Of(FittedSurface surface, SurfaceDynamics dynamics) => new(
        surface.Day.Underlying, Text.Invariant($"{surface.Day.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"), surface.Price, Words.Exercises.WordOf(surface.Day.Exercise),
        [.. surface.Smiles.Select(PrintedSmile.Of)],
        [.. dynamics.Pivots.Select(pivot => new PrintedPivot(pivot.FactorOf(surface.Day.Underlying), pivot.Days, pivot.Coordinate, PivotReading.Volatility(surface, pivot, dynamics.Coordinate)))],
        [.. surface.Left.Select(left => new LeftExpiry(PrintedSmile.Time(left.Expiry), left.Reason))]);
}

/// <param name="Place">Delta or moneyness; absent: at the forward.</param>
sealed record PrintedPivot(string Factor, double Days, double? Place, double Volatility);

sealed record LeftExpiry(string Expiry, string Reason);

/// <param name="Quotes">That the smile is fitted to.</param>
/// <param name="Skipped">Rows without a bid, with a bid above the ask, or repeated.</param>
/// <param name="RootMeanSquare">Error of volatilities.</param>
/// <param name="Butterfly">Ranges of k with arbitrage.</param>
/// <param name="Calendar">The same against the expiry before.</param>
sealed record PrintedSmile(
    string Expiry, double Days, double Forward, bool FromParity, double Rate, double Yield, int Quotes, int InsideSpread, int Skipped, int Parameters,
    double A, double B, double Rho, double M, double Sigma, double RootMeanSquare, double Worst, PrintedRange[] Butterfly, PrintedRange[] Calendar)
{
    internal static PrintedSmile Of(FittedSmile smile)
    {
        SviSlice slice = smile.Fit.Slice;
        return new(
            Time(smile.Quotes.Expiry), smile.Market.Years * SurfaceDynamics.DaysPerYear, smile.Market.Forward, smile.Market.FromParity, smile.Market.Rate, smile.Market.Yield,
            smile.Points.Count, smile.InsideSpread, smile.Quotes.Skipped, smile.Fit.Parameters, slice.A, slice.B, slice.Rho, slice.M, slice.Sigma,
            smile.Fit.RootMeanSquare, smile.Fit.Worst, [.. smile.Fit.Butterfly.Select(PrintedRange.Of)], [.. smile.Fit.Calendar.Select(PrintedRange.Of)]);
    }

    internal static string Time(DateTimeOffset expiry) => Text.Invariant($"{expiry.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
}

/// <summary>A range of log-moneyness with arbitrage; an end that is absent is infinite.</summary>
sealed record PrintedRange(double? From, double? To, double? At, double? Value)
{
    internal static PrintedRange Of(ArbitrageRange range) => new(Known(range.From), Known(range.To), Known(range.At), Known(range.Value));

    static double? Known(double value) => double.IsFinite(value) ? value : null;
}
