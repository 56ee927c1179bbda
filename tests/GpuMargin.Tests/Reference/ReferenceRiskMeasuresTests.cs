using Xunit;

namespace GpuMargin.Tests.Reference;

public sealed class ReferenceRiskMeasuresTests
{
    const double LastDigits = 1e-14; // relative, sums of few terms

    [Fact]
    public void A_fractional_count_takes_the_fraction_of_the_next_loss()
    {
        double[] losses = [.. Enumerable.Range(1, 25).Select(i => (double)i)]; // m = 2.5 at 90 %
        Assert.Equal(23, ReferenceRiskMeasures.ValueAtRisk(losses, .90m));
        Assert.Equal((25 + 24 + (.5 * 23)) / 2.5, ReferenceRiskMeasures.ExpectedShortfall(losses, .90m), 25 * LastDigits);
    }

    [Fact]
    public void A_whole_count_is_counted_exactly()
    {
        double[] losses = [.. Enumerable.Range(1, 100).Select(i => (double)-i)]; // m = 10: in binary 100·(1 − 0.9) is below 10
        Assert.Equal(-11, ReferenceRiskMeasures.ValueAtRisk(losses, .90m));
        Assert.Equal(-5.5, ReferenceRiskMeasures.ExpectedShortfall(losses, .90m));
    }

    [Fact]
    public void One_scenario_is_its_own_value_at_risk_and_shortfall()
    {
        Assert.Equal(7, ReferenceRiskMeasures.ValueAtRisk([7], .99m));
        Assert.Equal(7, ReferenceRiskMeasures.ExpectedShortfall([7], .99m), 7 * LastDigits);
    }

    [Fact]
    public void Shortfall_is_the_integral_of_the_quantiles_above_the_confidence()
    {
        // 8 losses, 75 % to 87.5 %: between whole counts the tail sum m·ES is linear in m.
        double[] losses = [3, 1, 4, 1, 5, 9, 2, 6];
        double oneHalf = 8 * .1875;
        double tail = ((9 * 1) + (9 + 6)) / 2.0;
        Assert.Equal(tail / oneHalf, ReferenceRiskMeasures.ExpectedShortfall(losses, .8125m), 9 * LastDigits);
    }

    [Theory]
    [InlineData(.975, double.PositiveInfinity, 1.959963984540, 2.337802792201)]
    [InlineData(.99, double.PositiveInfinity, 2.326347874041, 2.665214220346)]
    [InlineData(.995, double.PositiveInfinity, 2.575829303549, 2.891948605383)]
    [InlineData(.975, 3, 3.1824463053, 5.0395830611)]
    [InlineData(.99, 3, 4.5407028586, 7.0030820362)]
    [InlineData(.995, 3, 5.8409093097, 8.9124733960)]
    [InlineData(.975, 4, 2.7764451052, 3.9935570227)]
    [InlineData(.99, 4, 3.7469473880, 5.2205841945)]
    [InlineData(.995, 4, 4.6040948714, 6.3248306967)]
    [InlineData(.975, 5, 2.5705818356, 3.5215773317)]
    [InlineData(.99, 5, 3.3649299989, 4.4524291118)]
    [InlineData(.995, 5, 4.0321429836, 5.2500306108)]
    [InlineData(.975, 10, 2.2281388520, 2.8189975906)]
    [InlineData(.99, 10, 2.7637694581, 3.3632514750)]
    [InlineData(.995, 10, 3.1692726726, 3.7835553956)]
    public void Standard_variates_have_their_closed_forms(double confidence, double nu, double valueAtRisk, double shortfall)
    {
        const double Printed = 0.51e-10; // half a unit in the last printed place
        double tail = 1 - confidence;
        double quantile = ReferenceStudentT.UpperQuantile(tail, nu);
        double kernel = double.IsPositiveInfinity(nu) ? 1 : (nu + (quantile * quantile)) / (nu - 1);
        Assert.Equal(valueAtRisk, quantile, Printed);
        Assert.Equal(shortfall, ReferenceStudentT.Density(quantile, nu) * kernel / tail, Printed);

        // A sample of exact quantiles: only its worst losses need to be computed.
        const int N = 100_000;
        const double Discretisation = 5e-3; // relative; the worst cell of the t with ν = 3 holds the most
        double[] losses = [.. Enumerable.Range(0, N).Select(i => i < .03 * N ? ReferenceStudentT.UpperQuantile((i + .5) / N, nu) : 0)];
        Assert.Equal(valueAtRisk, ReferenceRiskMeasures.ValueAtRisk(losses, (decimal)confidence), Discretisation * valueAtRisk);
        Assert.Equal(shortfall, ReferenceRiskMeasures.ExpectedShortfall(losses, (decimal)confidence), Discretisation * shortfall);
    }
}
