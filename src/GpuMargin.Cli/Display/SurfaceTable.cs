using System.Globalization;
using GpuMargin.Quotes;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>Fitted surfaces for people: a row per expiry with its fit, and what was left.</summary>
static class SurfaceTable
{
    internal static void Write(Terminal terminal, QuoteDays quotes, string folder, double seconds)
    {
        foreach (FittedSurface surface in quotes.Surfaces.Select(days => days[^1]))
        {
            Table table = PlainConsole.Table(
                terminal, PlainConsole.Cell(surface.Day.Underlying), ["days", "forward", "rate %", "quotes", "inside", "rms", "worst", "vol %", "a", "b", "rho", "m", "sigma"]);
            foreach (FittedSmile smile in surface.Smiles)
            {
                (double a, double b, double rho, double m, double sigma) = smile.Fit.Slice;
                table.AddRow(
                [
                    Text.Invariant($"{smile.Quotes.Expiry.UtcDateTime:yyyy-MM-dd}"), Number(smile.Market.Years * SurfaceDynamics.DaysPerYear, "F1"), Number(smile.Market.Forward, "F2"),
                    Number(100 * smile.Market.Rate, "F2"), Number(smile.Points.Count, "F0"), Number(smile.InsideSpread, "F0"),
                    Number(100 * smile.Fit.RootMeanSquare, "F3"), Number(100 * smile.Fit.Worst, "F3"), Number(100 * smile.Fit.Slice.Volatility(0, smile.Market.Years), "F2"),
                    Number(a, "F5"), Number(b, "F4"), Number(rho, "F3"), Number(m, "F4"), Number(sigma, "F4"),
                ]);
            }

            PlainConsole.Of(terminal).Write(table);
        }

        int days = quotes.Surfaces.Max(surface => surface.Count);
        terminal.Out.WriteLine("inside: quotes whose fitted volatility lies between bid and ask; rms, worst: errors in volatility points");
        terminal.Out.WriteLine(Text.Invariant($"{quotes.Surfaces.Count:N0} {(quotes.Surfaces.Count == 1 ? "surface" : "surfaces")}, {days:N0} {(days == 1 ? "day" : "days")}, in {folder}, {seconds:F2} s"));
    }

    /// <summary>What a user of the surfaces has to know.</summary>
    internal static IEnumerable<string> Warnings(QuoteDays quotes)
    {
        foreach (FittedSurface surface in quotes.Surfaces.Select(days => days[^1]))
        {
            foreach ((DateTimeOffset expiry, string reason) in surface.Left)
            {
                yield return Text.Invariant($"'{surface.Day.Underlying}', expiry {expiry.UtcDateTime:yyyy-MM-dd}: no smile: {reason}");
            }

            foreach (FittedSmile smile in surface.Smiles)
            {
                string where = Text.Invariant($"'{surface.Day.Underlying}', expiry {smile.Quotes.Expiry.UtcDateTime:yyyy-MM-dd}");
                if (smile.Fit.Parameters < Volatility.SviFit.QuotesOfAllParameters)
                {
                    yield return Text.Invariant($"{where}: {smile.Points.Count} quotes give {(smile.Fit.Parameters == 1 ? "a constant volatility" : "three parameters (SSVI)")}; five strikes give all of SVI");
                }

                if (!smile.Fit.HasNoArbitrage)
                {
                    yield return $"{where}: the smile has {(smile.Fit.Butterfly.Count > 0 ? "butterfly" : "calendar")} arbitrage";
                }
            }
        }
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
