using GpuMargin.Cli;
using GpuMargin.Tests.Calibration.Dependence;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Quotes;

/// <summary>A year of quoted days becomes a history, and the dependence that was put in is estimated from it.</summary>
public sealed class QuotedHistoryTests : IDisposable
{
    const int Days = 250;
    const double Leverage = -0.7; // correlation of the price's and the volatility's returns
    const double StandardError = 0.034; // of sin(πτ/2) from 250 normal pairs at −0.7

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public void Dependence_of_price_and_pivots_is_the_one_put_in()
    {
        Random random = new(3);
        double price = 100, volatility = 0.2;
        QuotedMarket market = new() { Days = [25, 60], Strikes = 15, Noise = 1 };
        for (int day = 0; day < Days; day++)
        {
            (market with { Day = market.Day.AddDays(day), Spot = price, Surface = QuotedMarket.SkewedSurface(volatility), Seed = day }).WriteTo(Path.Combine(folder["days"], $"{day:D3}.csv"));
            double first = CopulaSamples.Normal(random), second = CopulaSamples.Normal(random);
            price *= Math.Exp(0.01 * first);
            volatility *= Math.Exp(0.03 * (Leverage * first + Math.Sqrt(1 - Leverage * Leverage) * second));
        }

        string set = folder["set"], mapping = market.WriteMapping(folder["mapping.json"], hasRate: true, hasYield: false);
        Invocation fitted = Invocation.Of("surface", folder["days"], "--out", set, "--mapping", mapping, "--pivots", "30:0.25,30:0.5,30:0.75", "--quiet");
        Assert.Equal((ExitCode.Done, ""), (fitted.Code, fitted.Error));
        Assert.Equal(ExitCode.Done, Invocation.Of("calibrate", Path.Combine(set, "history.csv"), "--out", set, "--quiet").Code);
        string[][] rows = [.. File.ReadLines(Path.Combine(set, "correlation.csv")).Select(line => line.Split(','))];
        Assert.Equal(["factor", "XYZ", "XYZ.vol.30d0.25", "XYZ.vol.30d0.5", "XYZ.vol.30d0.75"], rows[0]);
        for (int pivot = 2; pivot <= 4; pivot++)
        {
            double found = double.Parse(rows[1][pivot], System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(found, Leverage - 3 * StandardError, Leverage + 3 * StandardError);
        }
    }
}
