using System.Globalization;
using GpuMargin.Numerics;
using Xunit;

namespace GpuMargin.Tests.Numerics;

public sealed class QuantitySumTests
{
    [Theory]
    [InlineData(0, "0.1 0.2 -0.3")]
    [InlineData(0, "1e22 2e22 3e22 -6e22")]
    [InlineData(0, "1.1e-9 2.2e-9 -3.3e-9")]
    [InlineData(0, "-1.1e30 -2.2e30 3.3e30")]
    [InlineData(1e-20, "0.1 0.2 -0.3 1e-20")]
    [InlineData(1, "1e17 -1e17 1")]
    [InlineData(0, "33.3 33.3 33.3 -99.9")]
    [InlineData(1e-8, "1e-8")]
    public void Decimals_that_cancel_are_nothing(double expected, string quantities) =>
        Assert.Equal(expected, Sum([.. quantities.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))]));

    [Fact]
    public void Other_sums_keep_their_bits()
    {
        Random random = new(5);
        for (int repeat = 0; repeat < 1000; repeat++)
        {
            double[] quantities = [.. Enumerable.Range(0, 5).Select(_ => Math.Round(random.NextDouble() * 1000, 3))];
            double plain = 0;
            foreach (double quantity in quantities)
            {
                plain += quantity;
            }

            Assert.Equal(BitConverter.DoubleToInt64Bits(plain), BitConverter.DoubleToInt64Bits(Sum(quantities)));
        }
    }

    [Fact]
    public void Ticks_in_random_order_cancel()
    {
        Random random = new(6);
        for (int repeat = 0; repeat < 1000; repeat++)
        {
            decimal[] ticks = [.. Enumerable.Range(0, 7).Select(_ => Math.Round((decimal)random.NextDouble() * 100, random.Next(6)))];
            double[] quantities = [.. ticks.Append(-ticks.Sum()).Select(tick => (double)tick)];
            random.Shuffle(quantities);
            Assert.Equal(0, Sum(quantities));
        }
    }

    static double Sum(double[] quantities)
    {
        QuantitySum sum = default;
        foreach (double quantity in quantities)
        {
            sum.Add(quantity);
        }

        return sum.IsDoubtful ? QuantitySum.Exact(quantities, [.. Enumerable.Range(0, quantities.Length)]) : sum.Sum;
    }
}
