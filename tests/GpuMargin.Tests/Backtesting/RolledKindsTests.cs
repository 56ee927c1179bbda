using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using GpuMargin.Studies;
using GpuMargin.Tests.Calibration;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

/// <summary>Rolls over histories with additive columns and recorded volatilities.</summary>
public sealed class RolledKindsTests
{
    const int Days = 300, First = 290, Last = 296;

    /// <summary>Tolerance of values near 100.</summary>
    const double Rounding = 1e-10;

    /// <summary>Tolerance of American premiums of values near 100, mixed precision.</summary>
    const double FittedPremium = 2.5e-4;

    static readonly double[,] s_returns = SimulatedHistory.Returns(2, Days, seed: 11);

    [Fact]
    public void An_additive_factor_below_zero_is_rolled_in_differences()
    {
        ReturnHistory log = SyntheticHistory.History(s_returns);
        double[,] differences = (double[,])s_returns.Clone(), levels = (double[,])log.Levels!.Clone();
        double level = -3;
        for (int day = 0; day < Days; day++)
        {
            levels[day, 1] = level += differences[day, 1] = 100 * s_returns[day, 1];
        }

        HistorySet set = SyntheticHistory.Set(
            log with { Returns = differences, Levels = levels, Kinds = [RiskFactorKind.Price, RiskFactorKind.Additive] }, withCall: false);
        RollReport report = MarginRoll.Calculate(set, SyntheticHistory.Days(First, Last));
        RollPath path = report.Accounts[0];
        int horizon = set.Settings.HorizonDays;
        Assert.Equal(levels[Last, 0] + levels[Last, 1], path.Value[^1], Rounding);
        Assert.Equal(
            levels[Last, 0] - levels[Last - horizon, 0] + levels[Last, 1] - levels[Last - horizon, 1], path.ProfitAndLoss[^1], Rounding);
        Assert.All(path.Margin, margin => Assert.InRange(margin, 0.5, 50));
    }

    [Fact]
    public void A_recorded_volatility_moves_the_options_volatility_and_its_realised_profit()
    {
        ReturnHistory history = SyntheticHistory.History(s_returns) with { Factors = ["F0", "F0.vol"] };
        HistorySet all = SyntheticHistory.Set(history);
        HistorySet set = all with
        {
            Instruments = [all.Instruments[0], all.Instruments[0] with { Name = "UNHELD" }, all.Instruments[2] with { VolatilityFactor = 1 }],
        };
        Assert.False(set.HasVolatilityFactors);
        RollPath call = MarginRoll.Calculate(set, SyntheticHistory.Days(First, Last)).Accounts[1];
        int horizon = set.Settings.HorizonDays;
        double spot = history.Levels![Last - horizon, 0], strike = SyntheticHistory.StrikeOfCall * spot / 100;
        double value = Call(spot, 0.5 * history.Levels[Last - horizon, 1] / 100), end = Call(history.Levels[Last, 0], 0.5 * history.Levels[Last, 1] / 100);
        Assert.Equal(-value, call.Value[^(horizon + 1)], Rounding);
        Assert.Equal(value - end, call.ProfitAndLoss[^1], Rounding);

        double Call(double at, double sigma) => Reference.ReferenceOption.Value(
            OptionRight.Call, at, strike, SyntheticHistory.Rate, 0, SyntheticHistory.YearsOfCall, sigma);
    }

    [Theory]
    [InlineData(ExerciseStyle.European)]
    [InlineData(ExerciseStyle.American)]
    public void An_option_on_a_future_is_rolled_with_a_yield_that_is_its_rate(ExerciseStyle exercise)
    {
        HistorySet all = SyntheticHistory.Set(SyntheticHistory.History(s_returns) with { Factors = ["F0", "F0.vol"] });
        HistorySet set = all with
        {
            Instruments =
            [
                all.Instruments[0], all.Instruments[0] with { Name = "UNHELD" },
                all.Instruments[2] with { Type = InstrumentType.FutureOption, Exercise = exercise, VolatilityFactor = 1 },
            ],
        };
        RollPath call = MarginRoll.Calculate(set, SyntheticHistory.Days(First, Last)).Accounts[1];
        double[,] levels = all.History.Levels!;
        int start = Last - set.Settings.HorizonDays;
        double value = Call(levels[start, 0], 0.5 * levels[start, 1] / 100), end = Call(levels[Last, 0], 0.5 * levels[Last, 1] / 100);
        Assert.Equal(-value, call.Value[^(set.Settings.HorizonDays + 1)], exercise == ExerciseStyle.European ? Rounding : FittedPremium);
        Assert.Equal(value - end, call.ProfitAndLoss[^1], exercise == ExerciseStyle.European ? Rounding : FittedPremium);

        double Call(double future, double sigma) => new VanillaOption(
            OptionRight.Call, exercise, future, SyntheticHistory.StrikeOfCall * levels[start, 0] / 100, SyntheticHistory.Rate, SyntheticHistory.Rate, sigma, SyntheticHistory.YearsOfCall).Price();
    }

    // The strike keeps its distance from the price; the rate is the curve's.
    [Fact]
    public void An_option_on_an_additive_factor_is_rolled_by_its_distance_from_the_price()
    {
        ReturnHistory log = SyntheticHistory.History(s_returns);
        double[,] differences = (double[,])s_returns.Clone(), levels = (double[,])log.Levels!.Clone();
        double level = -3;
        for (int day = 0; day < Days; day++)
        {
            levels[day, 0] = level += differences[day, 0] = 100 * s_returns[day, 0];
        }

        HistorySet all = SyntheticHistory.Set(log with
        {
            Factors = ["F0", "F0.vol"],
            Kinds = [RiskFactorKind.Additive, RiskFactorKind.Volatility],
            Returns = differences,
            Levels = levels,
        });
        CurveNode[] nodes = [new(30, .01), new(180, .05)];
        HistorySet set = all with
        {
            Instruments =
            [
                all.Instruments[0], all.Instruments[0] with { Name = "UNHELD" },
                all.Instruments[2] with { Volatility = 50, VolatilityFactor = 1, Rate = 0, Curve = new ZeroCurve("USD", nodes) },
            ],
        };
        RollReport report = MarginRoll.Calculate(set, SyntheticHistory.Days(First, Last));
        Assert.Empty(report.Warnings);
        RollPath call = report.Accounts[1];
        int horizon = set.Settings.HorizonDays;
        double spot = levels[Last - horizon, 0], strike = SyntheticHistory.StrikeOfCall + spot - 100;
        double value = Call(spot, 0.5 * levels[Last - horizon, 1]), end = Call(levels[Last, 0], 0.5 * levels[Last, 1]);
        Assert.Equal(-value, call.Value[^(horizon + 1)], Rounding);
        Assert.Equal(value - end, call.ProfitAndLoss[^1], Rounding);

        double Call(double at, double sigma) => Reference.ReferenceNormalOption.Value(
            OptionRight.Call, at, strike, Reference.ReferenceCurve.ZeroRate(nodes, SyntheticHistory.YearsOfCall, default), 0, SyntheticHistory.YearsOfCall, sigma);
    }
}
