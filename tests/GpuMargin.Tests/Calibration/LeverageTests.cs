using System.Text.Json;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.Cli;
using GpuMargin.Numerics;
using GpuMargin.Tests.Calibration.Dependence;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Calibration;

/// <summary>Assumed correlations of prices and volatilities where none was measured, and only there.</summary>
public sealed class LeverageTests
{
    const int Days = 400;
    const double Tolerance = 1e-15; // one rounding of a product, two of a sum

    static readonly ReturnHistory s_history = History();
    static readonly CalibrationOptions s_proxies = new() { VolatilityFactors = true };
    static readonly double[,] s_estimated = HistoryCalibration.Calibrate(s_history, s_proxies).Dependence.Correlation;

    static DependenceCalibration With(Leverage kind, bool proxies = true) =>
        HistoryCalibration.Calibrate(s_history, s_proxies with { VolatilityFactors = proxies, Leverage = kind }).Dependence;

    [Theory]
    [InlineData(Leverage.EquityIndex, -0.7)]
    [InlineData(Leverage.Equity, -0.3)]
    [InlineData(Leverage.Crypto, 0)]
    public void Proxies_have_the_assumed_correlation_with_their_prices_and_the_others_follow(Leverage kind, double rho)
    {
        // A, B, C, A.vol recorded; B.vol, C.vol proxies.
        DependenceCalibration leveraged = With(kind);
        double[,] found = leveraged.Correlation;
        Assert.Equal((rho, rho), (found[1, 4], found[2, 5]));
        Assert.Equal(rho * s_estimated[0, 1], found[0, 4], Tolerance);
        Assert.Equal(rho * s_estimated[3, 2], found[3, 5], Tolerance);
        Assert.Equal(rho * rho * s_estimated[1, 2] + (1 - rho * rho) * s_estimated[4, 5], found[4, 5], Tolerance);
        Assert.Equal([(1, 4, s_estimated[1, 4]), (2, 5, s_estimated[2, 5])], leveraged.Leverage!.Pairs.Select(pair => (pair.Price, pair.Volatility, pair.Estimated)));
        Assert.True(SemiDefiniteness.Holds(found, out _));
    }

    [Fact]
    public void Measured_correlations_keep_their_bits()
    {
        double[,] found = With(Leverage.EquityIndex).Correlation;
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal(s_estimated[i, j], found[i, j]);
            }
        }
    }

    [Fact]
    public void A_history_without_proxies_is_left_and_warned_of()
    {
        CalibrationResult plain = HistoryCalibration.Calibrate(s_history), asked = HistoryCalibration.Calibrate(s_history, new CalibrationOptions { Leverage = Leverage.Equity });
        Assert.Equal(plain.Dependence.Correlation, asked.Dependence.Correlation);
        Assert.Null(asked.Dependence.Leverage);
        Assert.Equal(["The leverage of 'equity' replaces nothing: no volatility factor is a proxy (--volatility-factors adds proxies)."], asked.Warnings.Except(plain.Warnings));
    }

    [Fact]
    public void Calibration_json_names_the_pairs()
    {
        using TemporaryFolder folder = new();
        string history = WriteTo(folder["history.csv"]);
        Invocation done = Invocation.Of("calibrate", history, "--out", folder["set"], "--returns", "--as-of", "2024-01-02", "--volatility-factors", "--leverage", "equity");
        Assert.Equal(ExitCode.Done, done.Code);
        Assert.Contains("leverage: equity, correlation -0.30 of 2 prices and their volatilities", done.Output, StringComparison.Ordinal);
        JsonElement record = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["set"], "calibration.json"))).RootElement;
        Assert.Equal("equity", record.GetProperty("options").GetProperty("leverage").GetString());
        JsonElement leverage = record.GetProperty("dependence").GetProperty("leverage");
        Assert.Equal(-0.3, leverage.GetProperty("correlation").GetDouble());
        Assert.Equal(
            [("B", "B.vol"), ("C", "C.vol")],
            leverage.GetProperty("replaced").EnumerateArray().Select(pair => (pair.GetProperty("price").GetString(), pair.GetProperty("volatility").GetString())));
    }

    [Theory]
    [InlineData("calibrate")]
    [InlineData("roll")]
    public void An_unknown_kind_is_refused(string command)
    {
        using TemporaryFolder folder = new();
        Invocation refused = Invocation.Of([command, folder["x"], "--out", folder["set"], "--leverage", "shares"]);
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("--leverage: found 'shares', expected equity-index or equity or crypto", refused.Error, StringComparison.Ordinal);
    }

    static string WriteTo(string path)
    {
        File.WriteAllLines(path, [
            string.Join(',', s_history.Factors),
            .. Enumerable.Range(0, Days).Select(day => string.Join(',', Enumerable.Range(0, 4).Select(factor => FormattableString.Invariant($"{s_history.Returns[day, factor]:R}")))),
        ]);
        return path;
    }

    // Three correlated prices with volatilities that move, and a recorded volatility.
    static ReturnHistory History()
    {
        Random random = new(5);
        double[,] returns = new double[Days, 4];
        double[] h = [1e-4, 1e-4, 1e-4];
        for (int day = 0; day < Days; day++)
        {
            double common = CopulaSamples.Normal(random);
            for (int factor = 0; factor < 3; factor++)
            {
                double e = returns[day, factor] = Math.Sqrt(h[factor]) * (0.6 * common + 0.8 * CopulaSamples.Normal(random));
                h[factor] = 5e-6 + 0.1 * e * e + 0.85 * h[factor];
            }

            returns[day, 3] = -2 * returns[day, 0] + 0.02 * CopulaSamples.Normal(random);
        }

        return new ReturnHistory { Factors = ["A", "B", "C", "A.vol"], Returns = returns };
    }
}
