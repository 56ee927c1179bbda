using Xunit;

namespace GpuMargin.Tests.Kernels;

/// <summary>The tests' own reference against mpmath at 45 digits, each value as the sum of two doubles.</summary>
public sealed class HighPrecisionTests
{
    const double Relative = 1e-26; // five digits are lost to arguments near 700; the kernels' errors are 1e-16

    [Theory]
    [InlineData(-20.5, 1.2501528663867426e-09, 6.448235878237776e-26)]
    [InlineData(-0.25, 0.7788007830714049, -1.0231869534531498e-17)]
    [InlineData(1e-10, 1.0000000001, -8.269037096265652e-18)]
    [InlineData(1, 2.718281828459045, 1.4456468917292502e-16)]
    [InlineData(88, 1.6516362549940018e+38, 4.5658363808236883e+21)]
    [InlineData(700.125, 1.1492754838737592e+304, -7.79635420863961e+287)]
    public void Exponentials(double x, double high, double low) => Equal(new(high, low), HighPrecision.Exp(x));

    [Theory]
    [InlineData(-20.5, -0.9999999987498471, -3.726909541465376e-18)]
    [InlineData(-0.25, -0.22119921692859512, -1.0231869534531498e-17)]
    [InlineData(1e-10, 1.00000000005e-10, 3.3900133221217734e-27)]
    [InlineData(0.3125, 0.36683794117379637, -4.061704634846282e-18)]
    public void Exponentials_less_one(double x, double high, double low) => Equal(new(high, low), HighPrecision.Expm1(x));

    [Theory]
    [InlineData(1e-300, -690.7755278982137, -2.3670096176709832e-14)]
    [InlineData(0.7, -0.35667494393873245, 4.82556379937662e-18)]
    [InlineData(0.9990234375, -0.0009770396478266127, -4.348919509358116e-20)]
    [InlineData(1.0000000001, 1.000000082690371e-10, -4.2169170658954805e-27)]
    [InlineData(2.5, 0.9162907318741551, -4.141195369011963e-17)]
    [InlineData(1e300, 690.7755278982137, 2.3747660028800243e-14)]
    public void Logarithms(double x, double high, double low) => Equal(new(high, low), HighPrecision.Log(x));

    [Theory]
    [InlineData(0.25, 0.4012936743170763, -2.300399437650529e-17)]
    [InlineData(1, 0.15865525393145705, 4.9468552901786335e-18)]
    [InlineData(3, 0.0013498980316300946, -5.053886685858262e-20)]
    [InlineData(4.984375, 3.108120831435449e-07, -2.567455896389497e-23)]
    [InlineData(6.34, 1.1488258115603014e-10, -5.3188057505403585e-27)]
    [InlineData(12, 1.776482112077679e-33, -4.0152796184693646e-50)]
    public void Normal_tails(double x, double high, double low)
    {
        const double Cancelled = 1e-22; // below 5 the tail is ½ less the centre: six digits of 3e-7
        Assert.True(Difference(new(high, low), HighPrecision.UpperTail(x)) <= Cancelled * high);
    }

    static void Equal(DoubleDouble expected, DoubleDouble actual) =>
        Assert.True(Difference(expected, actual) <= Relative * Math.Abs(expected.High), $"{expected} {actual}");

    static double Difference(DoubleDouble a, DoubleDouble b) => Math.Abs((a - b).High);
}
