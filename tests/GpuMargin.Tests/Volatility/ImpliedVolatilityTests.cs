using System.Globalization;
using GpuMargin.Tests.Architecture;
using GpuMargin.Volatility;
using Xunit;

namespace GpuMargin.Tests.Volatility;

public sealed class ImpliedVolatilityTests
{
    const double Ulps = 8; // of one: rounding of the logarithm of the strike, of Mills' ratio and of the exponent

    /// <summary>Volatilities of values of forward 100 by mpmath with 60 digits, each of the value as it is rounded here.</summary>
    static IEnumerable<(bool IsCall, double Strike, double Years, double Value, double Volatility)> Known() =>
        File.ReadLines(Path.Combine(SourceTree.Root, "tests", "GpuMargin.Tests", "Data", "implied-volatility.csv")).Skip(1).Select(line => line.Split(','))
            .Select(cells => (cells[0] == "call", Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4])));

    [Fact]
    public void Volatilities_of_values_are_right_to_a_few_units_in_the_last_place()
    {
        double worst = 0;
        foreach ((bool isCall, double strike, double years, double value, double volatility) in Known())
        {
            double found = ImpliedVolatility.Black76(value, 100, strike, years, isCall);
            worst = Math.Max(worst, Math.Abs(found / volatility - 1) / Math.ScaleB(1, -52));
        }

        Assert.True(worst <= Ulps, worst.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0, true)] // nothing
    [InlineData(10, true)] // the intrinsic value
    [InlineData(100, true)] // the forward
    [InlineData(double.NaN, true)]
    [InlineData(90, false)] // the strike
    public void A_value_outside_of_its_bounds_has_none(double value, bool isCall) => Assert.Equal(double.NaN, ImpliedVolatility.Black76(value, 100, 90, 1, isCall));

    [Fact]
    public void Values_in_the_money_have_the_volatility_of_their_parity()
    {
        double call = ImpliedVolatility.Black76(12, 100, 95, 0.5, true);
        Assert.Equal(ImpliedVolatility.Black76(7, 100, 95, 0.5, false), call, 14);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
