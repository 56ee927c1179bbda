using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Calibration.History;

public sealed class AdditiveHistoryTests
{
    static readonly HistoryOptions s_additive = new() { Additive = ["A"] };

    [Fact]
    public void An_additive_column_passes_zero_and_its_returns_are_differences()
    {
        using HistoryFile file = new();
        ReturnHistory history = file.WithCell(9, 1, "-37.63").WithCell(20, 1, "0").Read(s_additive);
        Assert.Equal([RiskFactorKind.Additive, RiskFactorKind.Price], history.Kinds);
        Assert.Equal(-37.63 - HistoryFile.Price(0, 6), history.Returns[6, 0]);
        Assert.Equal(HistoryFile.Price(0, 8) + 37.63, history.Returns[7, 0]);
        Assert.Equal(Math.Log(HistoryFile.Price(1, 7) / HistoryFile.Price(1, 6)), history.Returns[6, 1]);
        Assert.Contains(history.Warnings, warning => warning.ToString().StartsWith("history.csv:9: A: found '-37.63', expected a change below", StringComparison.Ordinal));
    }

    [Fact]
    public void It_becomes_an_additive_factor_in_units_of_the_price()
    {
        using HistoryFile file = new();
        ReturnHistory history = file.WithCell(9, 1, "-3").Read(s_additive);
        RiskFactor factor = HistoryCalibration.Calibrate(history, new CalibrationOptions
        {
            Volatility = new() { Model = GpuMargin.Calibration.Volatility.VolatilityModel.Constant, Marginal = MarginalFamily.Normal },
        }).Factors[0].Factor;
        double mean = Enumerable.Range(0, HistoryFile.Days - 1).Average(day => history.Returns[day, 0]);
        double variance = Enumerable.Range(0, HistoryFile.Days - 1).Average(day => Math.Pow(history.Returns[day, 0] - mean, 2));
        Assert.Equal((RiskFactorKind.Additive, HistoryFile.Price(0, HistoryFile.Days - 1)), (factor.Kind, factor.Level));
        Assert.Equal(variance, factor.Variance, variance * 1e-6);
    }

    [Fact]
    public void Gaps_of_an_additive_column_are_filled_and_given_differences_are_taken_as_they_are()
    {
        using HistoryFile file = new();
        ReturnHistory filled = file.WithCell(9, 1, "").Read(s_additive with { Missing = MissingPolicy.ForwardFill });
        Assert.Equal((0, HistoryFile.Price(0, 8) - HistoryFile.Price(0, 6)), (filled.Returns[6, 0], filled.Returns[7, 0]));
        string rows = string.Concat(Enumerable.Range(0, 30).Select(day => FormattableString.Invariant($"{10 * (day % 3 - 1)},{0.01 * (day % 4 - 1)}\n")));
        ReturnHistory given = file.ReadText("A,B\n" + rows, s_additive with { Values = HistoryValues.Returns });
        Assert.Equal(10, given.Returns[2, 0]);
        Assert.Empty(given.Warnings);
    }

    [Fact]
    public void A_name_without_a_column_of_prices_is_refused()
    {
        using HistoryFile file = new();
        Assert.Equal(
            ["history.csv:1: found 'C', expected an additive factor that is a column of prices"],
            file.Faults(s_additive with { Additive = ["A", "C"] }));
    }

    [Fact]
    public void A_recorded_volatility_stays_above_zero()
    {
        using HistoryFile file = new();
        string text = "A,A.vol\n" + string.Concat(Enumerable.Range(0, 30).Select(day => FormattableString.Invariant($"{100 + day % 3},{(day == 9 ? 0 : 20 + day % 4)}\n")));
        Assert.Equal("history.csv:11: A.vol: found '0', expected an implied volatility greater than 0", Assert.Single(file.FaultsOf(text)));
    }
}
