using System.Text.Json;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class PriceCommandTests
{
    static readonly string[] s_put = ["price", "--type", "put", "--spot", "100", "--strike", "100", "--rate", "0.05", "--volatility", "0.3", "--days", "365"];

    [Fact]
    public void A_published_option_is_priced()
    {
        Invocation price = Invocation.Of([.. s_put]);

        Assert.Equal(ExitCode.Done, price.Code);
        string[] lines = price.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(["value", "9.87006395"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["premium", "0.51586671"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_European_option_has_no_premium_and_no_critical_price()
    {
        using JsonDocument json = JsonDocument.Parse(Invocation.Of([.. s_put, "--style", "european", "--json"]).Output);

        Assert.Equal(9.354197236057, json.RootElement.GetProperty("value").GetDouble(), 1e-11);
        Assert.Equal(0, json.RootElement.GetProperty("premium").GetDouble());
        Assert.False(json.RootElement.TryGetProperty("criticalPrice", out _));
    }

    [Fact]
    public void Cash_dividends_are_priced()
    {
        Invocation price = Invocation.Of(
            ["price", "--type", "call", "--spot", "100", "--strike", "100", "--rate", "0.05", "--volatility", "0.3", "--days", "365", "--dividends", "182.5:3"]);

        Assert.Equal(ExitCode.Done, price.Code);
        Assert.Equal(["value", "12.47359781"], price.Output.ReplaceLineEndings("\n").Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("91", "--dividends: found '91', expected DAYS:AMOUNT")]
    [InlineData("91:1,91:1", "--dividends: found '91:1' in '91:1,91:1', expected DAYS:AMOUNT with commas between, days above 0 and rising")]
    [InlineData("91:-1", "--dividends: found '91:-1', expected DAYS:AMOUNT")]
    [InlineData("0:1", "--dividends: found '0:1', expected DAYS:AMOUNT")]
    [InlineData("91:110", "are worth 108.6", "less than the spot 100")]
    public void Faulty_dividends_are_refused(string dividends, params string[] expected)
    {
        Invocation refused = Invocation.Of([.. s_put, "--dividends", dividends]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.All(expected, words => Assert.Contains(words, refused.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void A_yield_and_dividends_together_are_refused() =>
        Assert.Contains("--yield: found 0.02 with --dividends, expected one of the two", Invocation.Of([.. s_put, "--yield", "0.02", "--dividends", "91:1"]).Error, StringComparison.Ordinal);

    [Fact]
    public void An_option_on_a_future_is_one_whose_yield_is_the_rate()
    {
        string[] terms = ["price", "--type", "put", "--strike", "100", "--rate", "0.05", "--volatility", "0.3", "--days", "365"];
        Invocation future = Invocation.Of([.. terms, "--future", "95"]);

        Assert.Equal(ExitCode.Done, future.Code);
        Assert.Equal(Invocation.Of([.. terms, "--spot", "95", "--yield", "0.05"]).Output, future.Output);
    }

    [Theory]
    [InlineData("--future: found with --spot, expected one of the two", "--spot", "95", "--future", "95")]
    [InlineData("--spot: expected the price of the underlying, or --future")]
    [InlineData("--yield: found 0.02 with --future, expected no yield", "--future", "95", "--yield", "0.02")]
    [InlineData("--dividends: found dividends with --future, expected none", "--future", "95", "--dividends", "91:1")]
    public void The_price_of_a_share_and_of_a_future_exclude_each_other(string expected, params string[] options)
    {
        Invocation refused = Invocation.Of(["price", "--type", "put", "--strike", "100", "--volatility", "0.3", "--days", "365", .. options]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--volatility", "0", "--volatility: found '0', expected a number above 0")]
    [InlineData("--type", "forward", "--type: found 'forward', expected call or put")]
    [InlineData("--style", "bermudan", "--style: found 'bermudan', expected european or american")]
    [InlineData("--volatility", "0.0001", "no exercise boundary that can be found")]
    public void What_cannot_be_priced_is_refused(string option, string value, string expected)
    {
        string[] args = s_put.Contains(option) ? [.. s_put.Select((word, i) => i > 0 && s_put[i - 1] == option ? value : word)] : [.. s_put, option, value];
        Invocation refused = Invocation.Of(args);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_and_a_yield_with_two_critical_prices_are_refused()
    {
        Invocation refused = Invocation.Of([.. s_put.Select(word => word == "0.05" ? "-0.02" : word), "--yield", "-0.05"]);

        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("two critical prices, expected a rate not below zero, or a yield not below the rate", refused.Error, StringComparison.Ordinal);
    }
}
