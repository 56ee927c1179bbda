using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.Tests.Cli;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Calibration.Volatility;

/// <summary>Thirty shares at nine dates: an EWMA is never in use where another model explains the returns better.</summary>
public sealed class ModelChoiceTests(ITestOutputHelper output)
{
    /// <summary>The demand, in units of log-likelihood.</summary>
    const double BeatenBy = 2;

    static readonly string[] s_dates = ["1994-12-31", "1995-12-31", "1996-12-31", "1997-06-30", "1997-12-31", "1998-12-31", "1999-12-31", "2000-12-31", "2001-01-02"];

    [Theory]
    [InlineData(VolatilityModel.Garch)]
    [InlineData(VolatilityModel.Auto)]
    public void No_EWMA_is_in_use_where_another_model_is_better(VolatilityModel model)
    {
        ReturnHistory history = HistoryReader.Read(Path.Combine(Repository.Root, "samples", "dow30", "history.csv"));
        foreach (string date in s_dates)
        {
            DateTimeOffset end = DateTimeOffset.Parse(date + "T23:59:59Z", System.Globalization.CultureInfo.InvariantCulture);
            int days = history.Dates.Count(day => day <= end);
            VolatilityCalibration[] factors =
            [
                .. Enumerable.Range(0, history.Factors.Count).AsParallel().AsOrdered().Select(factor => VolatilityCalibration.Calibrate(
                    [.. Enumerable.Range(0, days).Select(day => history.Returns[day, factor])], new() { Model = model })),
            ];
            double worst = 0;
            foreach (VolatilityCalibration factor in factors.Where(factor => factor.Fit.Model == VolatilityModel.Ewma))
            {
                worst = Math.Max(worst, factor.Candidates.Where(fit => fit.IsUsable).Max(fit => fit.LogLikelihood) - factor.Fit.LogLikelihood);
            }

            string counts = string.Join(", ", factors.GroupBy(factor => $"{factor.Fit.Model}{(factor.Fit.IsTargeted ? " targeted" : "")} {factor.Fit.Status}").Select(group => $"{group.Count()} {group.Key}"));
            output.WriteLine(FormattableString.Invariant($"{date}: {counts}; EWMA below another by {worst:F2}"));
            Assert.InRange(worst, 0, BeatenBy);
            Assert.All(factors, factor => Assert.True(factor.Fit.IsUsable));
            Assert.All(factors, factor => Assert.True(factor.Variance > VolatilityCalibration.LeastShareOfSample * factor.Fit.SampleVariance));
        }
    }

    /// <summary>The shares of which an EWMA with a given decay had the better BIC though a GARCH was 9 to 11 units better.</summary>
    [Theory]
    [InlineData("DAX")]
    [InlineData("AXP")]
    [InlineData("SBC")]
    [InlineData("WMT")]
    public void Auto_does_not_prefer_an_EWMA_to_a_better_model(string name)
    {
        double[] returns = name == "DAX" ? ReferenceReturns.Dax : ReferenceReturns.Dow30[name];
        VolatilityCalibration calibration = VolatilityCalibration.Calibrate(returns, new() { Model = VolatilityModel.Auto });
        Assert.NotEqual(VolatilityModel.Ewma, calibration.Fit.Model);
        VolatilityFit given = VolatilityCalibration.Calibrate(returns, new() { Model = VolatilityModel.Ewma }).Fit;
        Assert.True(calibration.Fit.LogLikelihood > given.LogLikelihood + BeatenBy);
        VolatilityFit estimated = calibration.Candidates.Single(fit => fit.Model == VolatilityModel.Ewma);
        Assert.True(estimated.LogLikelihood >= given.LogLikelihood);
        Assert.Equal(given.FreeParameters + 1, estimated.FreeParameters); // the decay
        Assert.InRange(estimated.StandardErrors.Beta, 1e-3, .1);
    }
}
