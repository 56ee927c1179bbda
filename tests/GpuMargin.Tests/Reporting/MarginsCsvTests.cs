using System.Globalization;
using System.Text;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.Reporting;

public sealed class MarginsCsvTests
{
    static AccountMargin Row(string account, double value = 1.5) => new(
        account, 3, value, new Estimate(0.1, 0.05, 0.30000000000000004), new Estimate(1e-300, -0.0, 1e22), 123456789.125);

    static string Text(params AccountMargin[] rows) => Encoding.UTF8.GetString(MarginsCsv.ToBytes(rows));

    [Fact]
    public void Amounts_read_back_as_the_same_bits_and_lines_end_with_line_feeds() => Assert.Equal(
        "account,positions,value,var,var_low,var_high,es,es_low,es_high,margin,es_trusted\n"
        + "A,3,1.5,0.1,0.05,0.30000000000000004,1E-300,-0,1E+22,123456789.125,true\n",
        Text(Row("A")));

    [Fact]
    public void Scenarios_and_trust_stand_behind_the_others_when_every_account_has_its_own() => Assert.Equal(
        "account,positions,value,var,var_low,var_high,es,es_low,es_high,margin,scenarios,es_trusted\n"
        + "A,3,1.5,0.1,0.05,0.30000000000000004,1E-300,-0,1E+22,123456789.125,12288,false\n",
        Text(Row("A") with { Scenarios = 12288, ExpectedShortfallTrusted = false }));

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("Zürich", "Zürich")]
    public void Account_names_are_quoted_as_RFC_4180_says(string name, string quoted) =>
        Assert.Equal(quoted, Text(Row(name)).Split('\n', 2)[1].Split(",3,")[0]);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.000", "0")]
    [InlineData("100", "100")]
    [InlineData("100.00", "100")]
    [InlineData("-1.2300", "-1.23")]
    [InlineData("0.000000000001", "0.000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Decimals_have_every_digit_and_no_zeros_behind(string amount, string expected) =>
        Assert.Equal(expected, CsvDialect.Text(decimal.Parse(amount, CultureInfo.InvariantCulture)));

    [Fact]
    public void No_account_gives_the_header_alone() =>
        Assert.Equal("account,positions,value,var,var_low,var_high,es,es_low,es_high,margin,es_trusted\n", Text());

    [Fact]
    public void Equal_bytes_have_no_difference() =>
        Assert.Null(MarginsComparison.FirstDifference(MarginsCsv.ToBytes([Row("A")]), MarginsCsv.ToBytes([Row("A")])));

    [Fact]
    public void The_first_difference_is_told_by_account_and_column() => Assert.Equal(
        "account B, value: the file has 2, the replay gives 1.5",
        MarginsComparison.FirstDifference(MarginsCsv.ToBytes([Row("A"), Row("B", 2), Row("C", 3)]), MarginsCsv.ToBytes([Row("A"), Row("B"), Row("C")])));

    [Fact]
    public void A_missing_account_is_told_by_the_counts() => Assert.Equal(
        "the file has 1 accounts, the replay gives 2",
        MarginsComparison.FirstDifference(MarginsCsv.ToBytes([Row("A")]), MarginsCsv.ToBytes([Row("A"), Row("B")])));

    [Theory]
    [InlineData("")]
    [InlineData("acount,positions\n")]
    public void Another_header_is_told(string text) =>
        Assert.Equal("the header row differs", MarginsComparison.FirstDifference(Encoding.UTF8.GetBytes(text), MarginsCsv.ToBytes([Row("A")])));

    [Fact]
    public void Other_line_ends_are_told_as_such() => Assert.Equal(
        "quoting or line ends differ, the values are the same",
        MarginsComparison.FirstDifference(Encoding.UTF8.GetBytes(Text(Row("A")).Replace("\n", "\r\n", StringComparison.Ordinal)), MarginsCsv.ToBytes([Row("A")])));
}
