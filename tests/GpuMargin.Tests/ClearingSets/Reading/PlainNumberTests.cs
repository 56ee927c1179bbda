using System.Globalization;
using System.Text;
using GpuMargin.Files;
using Xunit;

namespace GpuMargin.Tests.ClearingSets.Reading;

public sealed class PlainNumberTests
{
    const int Numbers = 200_000;

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-936")]
    [InlineData("0.1")]
    [InlineData("-0.000000000001")]
    [InlineData("00012.5000")]
    [InlineData("999999999999999")]
    [InlineData("9.99999999999999")]
    [InlineData("0.30000000000000")]
    public void A_plain_number_is_read_here_and_to_the_bits_of_double_Parse(string text)
    {
        Assert.True(PlainNumber.TryRead(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-.5")]
    [InlineData("1.2.3")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,5")]
    [InlineData("--1")]
    [InlineData("0x1F")]
    [InlineData("NaN")]
    [InlineData("\uff11")]
    [InlineData("1000000000000000")]
    [InlineData("1.000000000000000")]
    public void Anything_else_is_left_to_the_full_reader(string text) =>
        Assert.False(PlainNumber.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Random_decimals_have_the_bits_of_double_Parse()
    {
        Random random = new(7);
        int read = 0;
        for (int i = 0; i < Numbers; i++)
        {
            string digits = random.NextInt64(1L << random.Next(1, 63)).ToString(CultureInfo.InvariantCulture);
            string text = $"{(random.Next(2) == 0 ? "-" : "")}{digits.Insert(random.Next(digits.Length + 1), random.Next(4) == 0 ? "" : ".")}";
            if (PlainNumber.TryRead(Encoding.UTF8.GetBytes(text), out double value))
            {
                read++;
                Assert.True(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)) == BitConverter.DoubleToInt64Bits(value), text);
            }
        }

        Assert.InRange(read, Numbers / 4, Numbers);
    }
}
