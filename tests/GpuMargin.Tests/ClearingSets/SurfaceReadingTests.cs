using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Volatility;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>Volatilities that instruments take from the smiles of their surface.</summary>
public sealed class SurfaceReadingTests
{
    const double FitTolerance = 1e-6; // of a volatility, where quotes have no noise

    static readonly SviSlice s_slice = new(0.01, 0.08, -0.4, 0.02, 0.15);

    // r 6.5 %, q 1.2 %, to 2001-06-15T21:00:00+02:00.
    static readonly double s_years = (new DateTimeOffset(2001, 6, 15, 19, 0, 0, default) - new DateTimeOffset(2001, 1, 2, 16, 0, 0, default)).TotalSeconds / (365.0 * 86_400);

    static readonly double s_forward = 1283.27 * Math.Exp((0.065 - 0.012) * s_years);

    [Fact]
    public void An_option_without_a_volatility_has_that_of_the_smile()
    {
        using SetFolder folder = Folder(volatility: "").With("smiles.csv", Smiles());

        Assert.Equal(s_slice.Volatility(Math.Log(1300 / s_forward), s_years), Call(folder).Volatility, 1e-14);
    }

    [Fact]
    public void Its_own_volatility_wins()
    {
        using SetFolder folder = Folder(volatility: "0.22").With("smiles.csv", Smiles());

        Assert.Equal(0.22, Call(folder).Volatility);
        Assert.Equal(s_slice, Assert.Single(Call(folder).Surface!.Smiles).Slice);
    }

    [Theory]
    [InlineData("strike")]
    [InlineData("delta")]
    public void Smiles_are_fitted_to_quotes(string column)
    {
        using SetFolder folder = Folder(volatility: "").With("smiles.csv", Quotes(column));

        Instrument call = Call(folder);
        Assert.Equal(s_slice.Volatility(Math.Log(1300 / s_forward), s_years), call.Volatility, FitTolerance);
        Assert.Equal(s_slice.Volatility(0, s_years), call.Surface!.Volatility(0, s_years), FitTolerance);
    }

    [Fact]
    public void Errors_of_a_fit_are_told_with_the_line_of_the_quotes_and_kept()
    {
        string quotes = Quotes("strike");
        using SetFolder folder = Folder(volatility: "").With("smiles.csv", quotes + "SPX,2001-06-15T19:00:00Z,1290,0.5\n"), exact = Folder(volatility: "").With("smiles.csv", quotes);

        ClearingSet set = folder.Read(), without = exact.Read();
        SmileFit fit = Assert.Single(set.SmileFits);
        Assert.Equal(("SPX", 8), (fit.Surface, fit.Quotes));
        Assert.InRange(fit.Worst, 0.1, 0.5);
        Assert.StartsWith($"smiles.csv:2: the smile of 'SPX' at {fit.Days.ToString("0.##", CultureInfo.InvariantCulture)} days misses its 8 quotes by up to {(100 * fit.Worst).ToString("0.##", CultureInfo.InvariantCulture)} volatility points", Assert.Single(set.Warnings, text => text.Contains("misses", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.InRange(Assert.Single(without.SmileFits).Worst, 0, FitTolerance);
        Assert.DoesNotContain(without.Warnings, text => text.Contains("misses", StringComparison.Ordinal));
    }

    [Fact]
    public void A_surface_that_no_instrument_has_is_told()
    {
        using SetFolder folder = new();
        folder.With("surfaces.csv", "surface\nlonely\n");

        Assert.Contains("No instrument has the surface 'lonely' of surfaces.csv.", folder.Read().Warnings);
    }

    [Fact]
    public void Arbitrage_is_told_with_surface_expiry_and_strikes()
    {
        using SetFolder folder = Folder(volatility: "").With(
            "smiles.csv", "surface,expiry,a,b,rho,m,sigma\nSPX,2001-03-15,0.04,0,0,0,0.1\nSPX,2001-06-15,0.01,0.05,0,0,0.1\n");

        string warning = Assert.Single(GpuMargin.Margin.SetWarnings.Of(folder.Read()), text => text.Contains("arbitrage", StringComparison.Ordinal));
        Assert.Equal("Surface 'SPX' has, 164 days to expiry, calendar arbitrage, a total variance below that of 72 days, at strikes from 727.324 to 2374.61.", warning);
    }

    static string Smiles() => "surface,expiry,a,b,rho,m,sigma\nSPX,2001-06-15T19:00:00Z,0.01,0.08,-0.4,0.02,0.15\n";

    static string Quotes(string column)
    {
        IEnumerable<string> rows = ((double[])[-0.4, -0.2, -0.1, 0, 0.1, 0.2, 0.3]).Select(k =>
        {
            double volatility = s_slice.Volatility(k, s_years), deviation = volatility * Math.Sqrt(s_years);
            double delta = MathNet.Numerics.Distributions.Normal.CDF(0, 1, (deviation / 2) - (k / deviation));
            double place = column == "strike" ? s_forward * Math.Exp(k) : k < 0 ? delta - 1 : delta;
            return string.Create(CultureInfo.InvariantCulture, $"SPX,2001-06-15T19:00:00Z,{place:R},{volatility:R}\n");
        });
        return $"surface,expiry,{column},volatility\n{string.Concat(rows)}";
    }

    static SetFolder Folder(string volatility) => new SetFolder()
        .ReplacingOnce("instruments.csv", "volatility_factor,rate", "volatility_surface,rate")
        .ReplacingOnce("instruments.csv", "0.22,\"VOL,SPX\"", $"{volatility},SPX")
        .With("surfaces.csv", "surface,stickiness\nSPX,0.5\n");

    static Instrument Call(SetFolder folder) => folder.Read().Instruments.Single(instrument => instrument.Name == "SPX call");
}
