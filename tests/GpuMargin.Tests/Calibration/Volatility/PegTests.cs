using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration.Volatility;

/// <summary>Returns that no density fits (pegs, ticks, jumps among noise) keep the size that history had, and trends are named.</summary>
public sealed class PegTests
{
    const int Days = 1_500;

    public static TheoryData<string> Pegs => ["moves on one day of 20", "jumps among tiny noise", "jumps among noise", "mostly no tick", "calm for good after two thirds", "Cauchy"];

    [Theory]
    [MemberData(nameof(Pegs))]
    public void A_peg_has_the_returns_own_distribution_with_the_samples_variance(string kind)
    {
        double[] returns = Returns(kind, 7);
        foreach (VolatilityModel model in (VolatilityModel[])[VolatilityModel.Garch, VolatilityModel.Auto])
        {
            VolatilityCalibration calibration = VolatilityCalibration.Calibrate(returns, new() { Model = model });
            RiskFactor factor = calibration.Apply(Factor());
            Assert.Equal((VolatilityProcess.Constant, MarginalFamily.Empirical), (factor.Process, factor.Marginal));
            Assert.Equal(Variance(returns), factor.Variance, Variance(returns) * 1e-9);
            Assert.Equal(factor.Variance, factor.LongRunVariance, factor.Variance * 1e-9);
            Assert.Equal(Days, factor.Residuals.Count);
            Assert.Contains(calibration.Warnings, warning => warning.Contains("returns' own distribution", StringComparison.Ordinal));
            // The mean of the worst hundredth is history's.
            double mean = returns.Average();
            double history = returns.Order().Take(Days / 100).Average() - mean;
            double scenario = Math.Sqrt(factor.Variance) * factor.Residuals.Order().Take(Days / 100).Average();
            Assert.Equal(history, scenario, Math.Abs(history) * 1e-9);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_long_past_break_of_a_peg_leaves_at_least_a_quarter_of_its_volatility(int seed)
    {
        Random random = new(seed);
        double[] levels = [.. Enumerable.Range(0, Days + 1).Select(day => day is 700 ? .9 : day is 701 ? .94 : 1 + 2e-4 * Normal(random))];
        double[] returns = [.. Enumerable.Range(1, Days).Select(day => Math.Log(levels[day] / levels[day - 1]))];
        VolatilityCalibration calibration = VolatilityCalibration.Calibrate(returns, new());
        Assert.True(calibration.Variance >= Variance(returns) / 16 * (1 - 1e-12));
        Assert.True(calibration.Fit.NextDayVariance >= Variance(returns) / 16 || calibration.Warnings.Any(warning => warning.Contains("is raised to", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(.1)]
    [InlineData(.3)]
    public void Ticks_that_leave_most_days_a_move_keep_a_model_of_the_samples_size(double zeros)
    {
        double[] returns = Ticks(zeros, 3);
        VolatilityCalibration calibration = VolatilityCalibration.Calibrate(returns, new());
        Assert.Equal(MarginalFamily.StudentT, calibration.Fit.Marginal);
        Assert.InRange(calibration.Variance / Variance(returns), .7, 1.4);
        Assert.True(calibration.Fit.Parameters.DegreesOfFreedom > 5);
    }

    [Fact]
    public void A_trend_is_named_with_what_to_do()
    {
        Random random = new(5);
        double[] returns = [.. Enumerable.Range(0, Days).Select(_ => 1e-4 + 1e-6 * Normal(random))];
        Assert.Contains(VolatilityCalibration.Calibrate(returns, new()).Warnings, warning => warning.Contains("'--mean sample' keeps it", StringComparison.Ordinal));
        double[] none = [.. returns.Select(value => value - 1e-4)];
        Assert.DoesNotContain(VolatilityCalibration.Calibrate(none, new()).Warnings, warning => warning.Contains("trend", StringComparison.Ordinal));
    }

    [Fact]
    public void A_normal_of_mostly_one_value_is_named_with_what_to_do() => Assert.Contains(
        VolatilityCalibration.Calibrate(Returns("mostly no tick", 2), new() { Model = VolatilityModel.Constant, Marginal = MarginalFamily.Normal }).Warnings,
        warning => warning.Contains("'--model constant --marginal empirical'", StringComparison.Ordinal));

    [Theory]
    [InlineData(ReturnMean.Zero)]
    [InlineData(ReturnMean.Sample)]
    [InlineData(ReturnMean.Model)]
    public void The_mean_is_that_asked_for_and_the_fit_keeps_its_own(ReturnMean mean)
    {
        double[] returns = [.. ReferenceReturns.DemGbp.Select((value, day) => value + (day % 3 == 0 ? .1 : 0))];
        VolatilityCalibration plain = VolatilityCalibration.Calibrate(returns, new()), chosen = VolatilityCalibration.Calibrate(returns, new() { Mean = mean });
        double expected = mean switch { ReturnMean.Zero => 0, ReturnMean.Sample => returns.Average(), _ => plain.Fit.Parameters.Mean };
        Assert.Equal(expected, chosen.Apply(Factor()).Mean, 1e-12);
        Assert.Equal(0, plain.Apply(Factor()).Mean);
        Assert.NotEqual(0, plain.Fit.Parameters.Mean);
        Assert.Equal(plain.Fit.Parameters, chosen.Fit.Parameters);
        Assert.Equal(plain.Fit.StandardizedResiduals, chosen.Fit.StandardizedResiduals);
    }

    static double[] Returns(string kind, int seed)
    {
        Random random = new(seed);
        double Jump(double share, double size) => random.NextDouble() < share ? (random.Next(2) * 2 - 1) * size : 0;
        return kind switch
        {
            "moves on one day of 20" => [.. Enumerable.Range(0, Days).Select(_ => Jump(.05, 1e-4))],
            "jumps among tiny noise" => [.. Enumerable.Range(0, Days).Select(_ => 1e-8 * Normal(random) + Jump(.05, 1e-4))],
            "jumps among noise" => [.. Enumerable.Range(0, Days).Select(_ => 2e-5 * Normal(random) + Jump(.05, 3e-4))],
            "mostly no tick" => Ticks(.68, seed),
            "calm for good after two thirds" => [.. Enumerable.Range(0, Days).Select(day => .03 * (day < 1_000 ? 1 : 1e-3) * Normal(random))],
            _ => [.. Enumerable.Range(0, Days).Select(_ => Math.Clamp(.002 * Math.Tan(Math.PI * (random.NextDouble() - .5)), -.8, .8))],
        };
    }

    /// <summary>Normal returns on a grid that leaves a share of them at 0.</summary>
    static double[] Ticks(double zeros, int seed)
    {
        Random random = new(seed);
        double[] fine = [.. Enumerable.Range(0, Days).Select(_ => .01 * Normal(random))];
        double tick = 2 * fine.Select(Math.Abs).Order().ElementAt((int)(zeros * Days));
        return [.. fine.Select(value => Math.Round(value / tick) * tick)];
    }

    static double Variance(double[] returns)
    {
        double mean = returns.Average();
        return returns.Average(value => (value - mean) * (value - mean));
    }

    static double Normal(Random random) => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);

    static RiskFactor Factor() => new() { Name = "X", Kind = RiskFactorKind.Price, Level = 1, Variance = 1 };
}
