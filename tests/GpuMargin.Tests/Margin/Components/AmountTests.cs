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
}
