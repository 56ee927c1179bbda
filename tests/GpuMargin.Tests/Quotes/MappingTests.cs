using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Files.Mapping;
using GpuMargin.Quotes;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Quotes;

public sealed class MappingTests : IDisposable
{
    const string Row = "XYZ,2024-03-04,2024-06-21,100,C,5.1,5.3,99.9,100.1";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void There_are_two_presets() => Assert.Equal(["cboe-datashop", "deribit-book-summary"], MappingReader.Presets);

    [Fact]
    public void Columns_of_Cboe_DataShop_are_read()
    {
        QuoteDay day = Assert.Single(Read($"{QuotedMarket.Header}\n{Row}\n^XYZ,2024-03-04,2024-06-21,100,P,4.1,4.3,99.9,100.1\n", "cboe-datashop"));
        Assert.Equal(("XYZ", ExerciseStyle.American), (day.Underlying, day.Exercise));
        Assert.Equal("2024-03-04T20:45:00Z", Time(day.Time));
        ExpiryQuotes expiry = Assert.Single(day.Expiries);
        Assert.Equal("2024-06-21T20:00:00Z", Time(expiry.Expiry)); // summer time
        Assert.Equal(100, expiry.Spot);
        Assert.Equal([new OptionQuote(100, OptionRight.Call, 5.1, 5.3), new OptionQuote(100, OptionRight.Put, 4.1, 4.3)], expiry.Quotes);
    }

    [Fact]
    public void Book_summaries_of_Deribit_are_read_in_coin()
    {
        const string Answer = """
            { "jsonrpc": "2.0", "result": [
              { "instrument_name": "BTC-29MAR24-70000-C", "bid_price": 0.044, "ask_price": 0.045, "underlying_price": 66000.0, "creation_timestamp": 1709568000000 },
              { "instrument_name": "BTC-29MAR24-70000-P", "bid_price": null, "ask_price": 0.106, "underlying_price": 66000.0, "creation_timestamp": 1709568000000 } ] }
            """;
        QuoteDay day = Assert.Single(Read(Answer, "deribit-book-summary"));
        Assert.Equal("2024-03-04T16:00:00Z", Time(day.Time));
        ExpiryQuotes expiry = Assert.Single(day.Expiries);
        Assert.Equal("2024-03-29T08:00:00Z", Time(expiry.Expiry));
        Assert.Equal((66000.0, true, 1), (expiry.Forward!.Value, expiry.IsInCoin, expiry.Skipped));
        OptionQuote call = Assert.Single(expiry.Quotes);
        Assert.Equal((70000.0, OptionRight.Call), (call.Strike, call.Right));
        Assert.Equal(0.044 * 66000, call.Bid, 9);
    }

    [Theory]
    [InlineData("{ \"preset\": \"cboe\" }", "mapping.json:1: preset: found 'cboe', expected a preset: cboe-datashop, deribit-book-summary")]
    [InlineData("{ \"fields\": { \"strikes\": {} } }", "mapping.json:1: fields.strikes: found 'strikes', expected a key of mapping.json, the nearest is 'fields.strike'")]
    [InlineData("{ \"fields\": { \"bid\": {} } }", "mapping.json:1: fields.bid.column: expected either a column or a constant")]
    [InlineData("{ \"fields\": { \"bid\": { \"column\": \"b\", \"unit\": \"cents\" } } }", "mapping.json:1: fields.bid.unit: found 'cents', expected 'currency' or 'coin'")]
    [InlineData("{ \"fields\": { \"bid\": { \"column\": 3 } } }", "mapping.json:1: fields.bid.column: found '3', expected a column's name, or a list of names")]
    [InlineData("{ \"fields\": { \"bid\": { \"column\": \"b\", \"scale\": 0 } } }", "mapping.json:1: fields.bid.scale: found '0', expected a number other than 0")]
    [InlineData("{ \"fields\": { \"right\": { \"column\": \"b\", \"pattern\": \"[\" } } }", "mapping.json:1: fields.right.pattern: found '[', expected a regular expression with one group, the part that counts")]
    [InlineData("{ \"fields\": { \"time\": { \"column\": \"b\", \"timeZone\": \"Mars\" } } }", "mapping.json:1: fields.time.timeZone: found 'Mars', expected a time zone of the IANA database, such as America/New_York")]
    [InlineData("{ \"fields\": { \"time\": { \"column\": \"b\", \"time\": \"noon\" } } }", "mapping.json:1: fields.time.time: found 'noon', expected a time of day hh:mm")]
    [InlineData("[]", "mapping.json:1: found '[…]', expected a JSON object in braces")]
    public void A_mapping_with_a_fault_is_refused(string mapping, string fault)
    {
        File.WriteAllText(folder["mapping.json"], mapping);
        Assert.Equal(fault, Assert.Throws<RefusedInputException>(() => MappingReader.Read(folder["mapping.json"], QuoteFields.All)).Faults[0].ToString());
    }

    [Theory]
    [InlineData("100,C", "abc,C", "quotes.csv:2: strike: found 'abc', expected a number greater than 0")]
    [InlineData("100,C", "-1,C", "quotes.csv:2: strike: found '-1', expected a number greater than 0")]
    [InlineData("100,C", "100,X", "quotes.csv:2: option_type: found 'X', expected 'call' or 'put'")]
    [InlineData("2024-06-21", "21.06.2024", "quotes.csv:2: expiration: found '21.06.2024', expected an ISO date such as 2001-06-15 (it means 16:00 America/New_York), or an ISO date-time with Z or an offset")]
    [InlineData("5.1,5.3", "5.1,x", "quotes.csv:2: ask_1545: found 'x', expected a number of at least 0")]
    [InlineData("5.1,5.3", "-5.1,5.3", "quotes.csv:2: bid_1545: found '-5.1', expected a number of at least 0")]
    [InlineData("XYZ,", ",", "quotes.csv:2: underlying_symbol: expected the name of the underlying (the cell is empty)")]
    public void A_row_with_a_fault_is_refused(string old, string @new, string fault) =>
        Assert.Equal(fault, Refusal($"{QuotedMarket.Header}\n{Row.Replace(old, @new, StringComparison.Ordinal)}\n", "cboe-datashop"));

    [Fact]
    public void A_missing_column_is_named_with_the_field_that_needs_it() => Assert.Equal(
        "quotes.csv:1: strike: expected this column, which cboe-datashop:6 has for 'strike'",
        Refusal($"{QuotedMarket.Header}\n{Row}\n".Replace("strike", "k", StringComparison.Ordinal), "cboe-datashop"));

    [Fact]
    public void A_missing_field_is_named()
    {
        File.WriteAllText(folder["mapping.json"], "{ \"fields\": {} }");
        Assert.Equal("mapping.json: fields.underlying: expected the field's column or constant", Refusal($"{QuotedMarket.Header}\n{Row}\n", folder["mapping.json"]));
    }

    [Fact]
    public void A_constant_with_a_fault_is_told_once()
    {
        File.WriteAllText(folder["mapping.json"], "{ \"preset\": \"cboe-datashop\",\n\"fields\": { \"exercise\": { \"constant\": \"bermudan\" } } }");
        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => Read($"{QuotedMarket.Header}\n{Row}\n{Row}\n", folder["mapping.json"]));
        Assert.Equal("mapping.json:2: exercise: found 'bermudan', expected 'european' or 'american'", Assert.Single(refused.Faults).ToString());
    }

    [Fact]
    public void Two_days_in_a_file_are_refused() => Assert.Equal(
        "quotes.csv:3: quote_date: found '2024-03-05', expected the day of line 2, 2024-03-04 (a file has the quotes of one day; a folder has a file per day)",
        Refusal($"{QuotedMarket.Header}\n{Row}\n{Row.Replace("03-04", "03-05", StringComparison.Ordinal)}\n", "cboe-datashop"));

    [Fact]
    public void A_price_in_coin_needs_a_forward() => Assert.Equal(
        "quotes.csv:1: bid_price: found '0.044', expected a price in currency, or a 'forward' above 0 in the row: prices in coin are values over the forward",
        Refusal("""[{ "instrument_name": "BTC-29MAR24-70000-C", "bid_price": 0.044, "ask_price": 0.045, "underlying_price": null, "creation_timestamp": 1709568000000 }]""", "deribit-book-summary"));

    [Fact]
    public void A_file_without_rows_is_refused() => Assert.Equal("quotes.csv: expected rows of quotes (there are none)", Refusal($"{QuotedMarket.Header}\n", "cboe-datashop"));

    string Refusal(string quotes, string mapping) => Assert.Throws<RefusedInputException>(() => Read(quotes, mapping)).Faults[0].ToString();

    IReadOnlyList<QuoteDay> Read(string quotes, string mapping)
    {
        File.WriteAllText(folder["quotes.csv"], quotes);
        return QuoteReader.Read(folder["quotes.csv"], MappingReader.Read(mapping, QuoteFields.All));
    }

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
