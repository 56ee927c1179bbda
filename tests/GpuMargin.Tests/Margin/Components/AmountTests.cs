using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Margin.Components;
using Xunit;

namespace GpuMargin.Tests.Margin.Components;

public sealed class AmountTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(-3, "-3")]
    [InlineData(1000, "1000")]
    [InlineData(999_999_999_999_999, "999999999999999")]
    [InlineData(0.1, "0.1")]
    [InlineData(2.5, "2.5")]
    [InlineData(1e-13, "0.000000000001")]
    [InlineData(123456.78901234567, "123456.789012346")]
    public void Whole_amounts_are_themselves_and_others_are_rounded(double amount, string expected)
    {
        // The text tells the places, which margins.json shows.
        Assert.Equal(expected, Amount.Of(amount).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(expected, decimal.Round((decimal)amount, 12, MidpointRounding.ToPositiveInfinity).ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(1e15)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_does_not_sum_exactly_is_refused(double amount) => Assert.Throws<RefusedInputException>(() => Amount.Of(amount));

    [Theory]
    [InlineData(1e300, 1)]
    [InlineData(1e15, 1)]
    [InlineData(1e27, 1e-3)]
    [InlineData(2, 9e14)]
    public void A_multiple_that_does_not_sum_exactly_is_refused(double factor, double amount) =>
        Assert.Throws<RefusedInputException>(() => Amount.Of(factor, (decimal)amount));

    [Theory]
    [InlineData(1e300, 0, 0)]
    [InlineData(1e26, 1e-12, 1e14)]
    [InlineData(0.5, 3, 1.5)]
    public void A_multiple_is_the_product(double factor, double amount, double expected) =>
        Assert.Equal((decimal)expected, Amount.Of(factor, (decimal)amount));

    [Fact]
    public void The_largest_amount_is_rounded_up_to_the_smallest_and_to_the_largest_unit()
    {
        Assert.Equal(999_999_999_999_999m, Amount.RoundUp(999_999_999_999_999m, 1e-28m));
        Assert.Equal(900_000_000_000_000m, Amount.RoundUp(1e-12m, 900_000_000_000_000m));
        Assert.Equal(0, Amount.RoundUp(0, 1e28m));
        Assert.Throws<RefusedInputException>(() => Amount.RoundUp(1e-12m, 1e28m));
    }

    [Theory]
    [InlineData("0.000000000001", "0.01", "0.01")]
    [InlineData("0.02", "0.01", "0.02")]
    [InlineData("0.021", "0.01", "0.03")]
    [InlineData("1000.5", "250", "1250")]
    [InlineData("7", "0.3", "7.2")]
    public void Amounts_are_rounded_up_to_whole_multiples(string amount, string unit, string expected) => Assert.Equal(
        decimal.Parse(expected, CultureInfo.InvariantCulture),
        Amount.RoundUp(decimal.Parse(amount, CultureInfo.InvariantCulture), decimal.Parse(unit, CultureInfo.InvariantCulture)));
}
