using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

public sealed class VolatilityLimitTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(.1)]
    [InlineData(-1e-9)]
    public void A_constant_series_is_refused(double value) =>
        Assert.Contains("a constant series has no volatility", Refusal(Enumerable.Repeat(value, 500)));

    [Fact]
    public void A_series_that_is_constant_but_for_rounding_is_refused() =>
        Assert.Contains("a constant series has no volatility", Refusal(Enumerable.Range(0, 500).Select(t => .1 + (t % 3) * 1e-17 + (t % 2) * 1.4e-17)));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(19)]
    public void Too_few_returns_are_refused(int count) =>
        Assert.StartsWith($"{count} returns; a volatility needs 20 or more.", Refusal(Enumerable.Range(0, count).Select(t => (double)t)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_return_that_is_not_finite_is_refused_by_its_index(double value) =>
        Assert.StartsWith("Return 17 is ", Refusal(Enumerable.Range(0, 500).Select(t => t == 17 ? value : Math.Sin(t))));

    [Fact]
    public void Returns_whose_squares_overflow_are_refused() =>
        Assert.Contains("beyond the range of variances", Refusal(Enumerable.Range(0, 100).Select(t => 1e300 * Math.Sin(t))));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_least_returns_give_a_usable_result(VolatilityModel model, MarginalFamily marginal)
    {
        for (int count = 20; count < 60; count += 3)
        {
            Sound(VolatilityCalibration.Calibrate([.. Enumerable.Range(0, count).Select(t => Math.Sin(12.9898 * t * t))], new() { Model = model, Marginal = marginal }));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Returns_that_are_mostly_zero_give_a_usable_result(VolatilityModel model, MarginalFamily marginal) =>
        Sound(VolatilityCalibration.Calibrate([.. Enumerable.Range(0, 1_000).Select(t => t % 50 == 7 ? Math.Sin(t) : 0)], new() { Model = model, Marginal = marginal }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_single_jump_gives_a_usable_result(VolatilityModel model, MarginalFamily marginal) =>
        Sound(VolatilityCalibration.Calibrate([.. Enumerable.Range(0, 1_000).Select(t => t == 700 ? 1e3 : Math.Sin(12.9898 * t * t))], new() { Model = model, Marginal = marginal }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_trend_gives_a_usable_result(VolatilityModel model, MarginalFamily marginal) =>
        Sound(VolatilityCalibration.Calibrate([.. Enumerable.Range(0, 1_000).Select(t => 100 + .01 * t)], new() { Model = model, Marginal = marginal }));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_unconditional_start_up_gives_a_usable_result_after_a_calm_or_wild_beginning(VolatilityModel model, MarginalFamily marginal)
    {
        foreach (double beginning in (double[])[1e-3, 1, 50])
        {
            Sound(VolatilityCalibration.Calibrate(
                [.. Enumerable.Range(0, 800).Select(t => (t < 300 ? beginning : 1) * Math.Sin(12.9898 * t * t))],
                new() { Model = model, Marginal = marginal, StartUp = VarianceStartUp.Unconditional }));
        }
    }

    [Theory]
    [InlineData(0, .9999)]
    [InlineData(1, .9999)]
    [InlineData(double.NaN, .9999)]
    [InlineData(.94, 0)]
    [InlineData(.94, double.NaN)]
    public void Options_out_of_range_are_refused(double decay, double persistence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VolatilityCalibration.Calibrate(
            ReferenceReturns.DemGbp, new() { EwmaDecay = decay, MaximumPersistence = persistence }));

    public static TheoryData<VolatilityModel, MarginalFamily> Cases()
    {
        TheoryData<VolatilityModel, MarginalFamily> cases = [];
        foreach (VolatilityModel model in Enum.GetValues<VolatilityModel>())
        {
            foreach (MarginalFamily marginal in Enum.GetValues<MarginalFamily>())
            {
                cases.Add(model, marginal);
            }
        }

        return cases;
    }

    /// <summary>What the scenarios ask of a factor, and no fit in use that is not one.</summary>
    static void Sound(VolatilityCalibration calibration)
    {
        RiskFactor factor = calibration.Apply(new() { Name = "X", Kind = RiskFactorKind.Price, Level = 1, Variance = 1 });
        Assert.True(factor.Variance > 0 && double.IsFinite(factor.Variance) && double.IsFinite(factor.Mean));
        Assert.True(factor.Omega >= 0 && factor.Alpha >= 0 && factor.Alpha + factor.Gamma >= 0 && factor.Beta >= 0);
        Assert.True(factor.Alpha + factor.Gamma / 2 + factor.Beta < 1);
        Assert.True(factor.Marginal is MarginalFamily.Normal or MarginalFamily.Empirical || factor.DegreesOfFreedom > 2);
        Assert.True(Math.Abs(factor.Skew) < 1);
        Assert.All(calibration.Fit.StandardizedResiduals, z => Assert.True(double.IsFinite(z)));
        Assert.True(calibration.Fit.Status == FitStatus.Converged || calibration.Warnings.Count > 0);
        Assert.True(calibration.Candidates[0].Status == FitStatus.Converged || calibration.Warnings.Count > 0);
    }

    static string Refusal(IEnumerable<double> returns) =>
        Assert.Throws<ArgumentException>(() => VolatilityCalibration.Calibrate([.. returns], new())).Message;
}
