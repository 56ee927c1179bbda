using System.Globalization;
using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.Cli;
using GpuMargin.Tests.Cli;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Quotes;

/// <summary>Quotes become a surface, the surface a clearing set, and its options are worth what was quoted.</summary>
public sealed class QuotesToRunTests : IDisposable
{
    // Of the index, in double precision: expiries are written to the minute, volatilities to the last bit.
    const double Rounding = 1e-9;

    readonly TemporaryFolder folder = new();
    readonly QuotedMarket market = new() { Strikes = 11, Days = [30, 91], Noise = 0.5 };

    public void Dispose() => folder.Dispose();

    string Set => folder["set"];

    [Fact]
    public void Values_without_a_shock_are_the_mids_within_the_error_of_the_fit()
    {
        string mapping = market.WriteMapping(folder["mapping.json"], hasRate: true, hasYield: true), quotes = market.WriteTo(folder["quotes.csv"]);
        Invocation fitted = Invocation.Of("surface", quotes, "--out", Set, "--mapping", mapping, "--json");
        Assert.Equal(ExitCode.Done, fitted.Code);
        Quote[] wanted = [.. File.ReadLines(quotes).Skip(1).Select(Quote.Of).Where(quote => quote.IsOutOfTheMoney(market.Forward(quote.Days(market.Day))))];
        WriteSet(wanted);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", Set, "--quiet").Code);

        Dictionary<string, double> values = File.ReadLines(Path.Combine(Set, "out", "margins.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0], row => double.Parse(row[2], CultureInfo.InvariantCulture));
        double[] worst = [.. JsonDocument.Parse(fitted.Output).RootElement.GetProperty("surfaces")[0].GetProperty("smiles").EnumerateArray().Select(smile => smile.GetProperty("worst").GetDouble())];
        Assert.All(worst, error => Assert.InRange(error, 1e-5, 0.01));
        Assert.Equal(22, wanted.Length);
        Assert.All(wanted, quote => Assert.InRange(Math.Abs(values[quote.Name] - quote.Mid), 0, LargestError(quote, worst[quote.Days(market.Day) == 30 ? 0 : 1])));
    }

    // What a volatility that is off by the worst error changes.
    double LargestError(Quote quote, double error)
    {
        int days = quote.Days(market.Day);
        double years = QuotedMarket.Years(days), volatility = market.Surface(years).Volatility(Math.Log(quote.Strike / market.Forward(days)), years);
        double Value(double at) => ReferenceOption.Value(quote.Right, market.Spot, quote.Strike, market.Rate, market.Yield, years, at);
        return 2 * (Value(volatility + error) - Value(volatility)) + Rounding * market.Spot;
    }

    void WriteSet(Quote[] quotes)
    {
        string[] pivots = [.. File.ReadLines(Path.Combine(Set, "pivots.csv")).Skip(1).Select(line => line.Split(',')[1])];
        Write("factors.csv", "factor,kind,level,process,variance,marginal", ["XYZ,price,100,constant,1e-4,normal", .. pivots.Select(pivot => $"{pivot},volatility,1,constant,9e-4,normal")]);
        Write("correlation.csv", $"factor,XYZ,{string.Join(',', pivots)}", [.. ((string[])["XYZ", .. pivots]).Select((name, row) => $"{name},{string.Join(',', Enumerable.Range(0, pivots.Length + 1).Select(column => column == row ? 1 : 0))}")]);
        Write("instruments.csv", "instrument,type,underlying,strike,expiry,right,volatility_surface,rate,dividend_yield", [.. quotes.Select(quote => FormattableString.Invariant(
            $"{quote.Name},option,XYZ,{quote.Strike},{quote.Expiry:yyyy-MM-dd}T20:00:00Z,{(quote.Right == OptionRight.Call ? "call" : "put")},XYZ,{market.Rate},{market.Yield}"))]);
        Write("positions.csv", "account,instrument,quantity", [.. quotes.Select(quote => $"{quote.Name},{quote.Name},1")]);
        File.WriteAllText(Path.Combine(Set, "run.json"), """{ "asOf": "2024-04-02T19:45:00Z", "currency": "USD", "copula": { "family": "gaussian" }, "scenarios": 1000, "precision": "double", "arbitrage": "refuse" }""");
    }

    void Write(string file, string header, string[] rows) => File.WriteAllLines(Path.Combine(Set, file), [header, .. rows]);

    readonly record struct Quote(DateOnly Expiry, double Strike, OptionRight Right, double Mid)
    {
        public static Quote Of(string row)
        {
            string[] cells = row.Split(',');
            double Number(int cell) => double.Parse(cells[cell], CultureInfo.InvariantCulture);
            return new Quote(DateOnly.Parse(cells[2], CultureInfo.InvariantCulture), Number(3), cells[4] == "C" ? OptionRight.Call : OptionRight.Put, (Number(5) + Number(6)) / 2);
        }

        public string Name => FormattableString.Invariant($"{Expiry:yyyyMMdd} {Strike} {Right}");

        public int Days(DateOnly day) => Expiry.DayNumber - day.DayNumber;

        public bool IsOutOfTheMoney(double forward) => Strike >= forward == (Right == OptionRight.Call);
    }
}
