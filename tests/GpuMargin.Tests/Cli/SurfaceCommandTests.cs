using System.Text.Json;
using System.Xml.Linq;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.Cli;
using GpuMargin.Tests.Quotes;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class SurfaceCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static QuotedMarket Market => new() { Strikes = 11, Days = [30, 91] };

    string Set => folder["set"];

    Invocation Surface(string quotes, params string[] options) => Invocation.Of(
        ["surface", quotes, "--out", Set, "--mapping", Market.WriteMapping(folder["mapping.json"], hasRate: true, hasYield: true), .. options]);

    [Fact]
    public void A_day_of_quotes_becomes_surface_smiles_pivots_and_pictures()
    {
        Invocation fitted = Surface(Market.WriteTo(folder["quotes.csv"]));
        Assert.Equal((ExitCode.Done, ""), (fitted.Code, fitted.Error));
        Assert.Equal(
            ["pivots.csv", "smile-XYZ-2024-05-02.svg", "smile-XYZ-2024-07-02.svg", "smiles.csv", "surfaces.csv"],
            Directory.GetFiles(Set).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal("surface,stickiness,term_power,coordinate\nXYZ,1,,delta\n", File.ReadAllText(Path.Combine(Set, "surfaces.csv")));
        Assert.Equal(
            "surface,factor,days,delta\nXYZ,XYZ.vol.30d0.25,30,0.25\nXYZ,XYZ.vol.30d0.5,30,0.5\nXYZ,XYZ.vol.30d0.75,30,0.75\nXYZ,XYZ.vol.180d0.5,180,0.5\n",
            File.ReadAllText(Path.Combine(Set, "pivots.csv")));
        string[] smiles = File.ReadAllLines(Path.Combine(Set, "smiles.csv"));
        Assert.Equal("surface,expiry,a,b,rho,m,sigma", smiles[0]);
        Assert.StartsWith("XYZ,2024-05-02T20:00:00Z,", smiles[1], StringComparison.Ordinal);
        XElement picture = XDocument.Load(Path.Combine(Set, "smile-XYZ-2024-05-02.svg")).Root!;
        Assert.Equal(11, picture.Elements().Count(element => element.Name.LocalName == "circle"));
        Assert.Equal("XYZ, expiry 2024-05-02 20:00Z, forward 100.206", picture.Elements().First().Value);
    }

    [Fact]
    public void Options_set_the_dynamics_and_the_pivots()
    {
        Surface(Market.WriteTo(folder["quotes.csv"]), "--coordinate", "moneyness", "--stickiness", "0.5", "--term-power", "0.5", "--pivots", "30:1,30:-1");
        Assert.Equal("surface,stickiness,term_power,coordinate\nXYZ,0.5,0.5,moneyness\n", File.ReadAllText(Path.Combine(Set, "surfaces.csv")));
        Assert.Equal("surface,factor,days,moneyness\nXYZ,XYZ.vol.30d-1,30,-1\nXYZ,XYZ.vol.30d1,30,1\n", File.ReadAllText(Path.Combine(Set, "pivots.csv")));
    }

    [Fact]
    public void A_folder_of_days_becomes_a_history_that_calibrate_reads()
    {
        Days(3);
        Assert.Equal(ExitCode.Done, Surface(folder["days"]).Code);
        string[] history = File.ReadAllLines(Path.Combine(Set, "history.csv"));
        Assert.Equal("date,XYZ,XYZ.vol.30d0.25,XYZ.vol.30d0.5,XYZ.vol.30d0.75,XYZ.vol.180d0.5", history[0]);
        Assert.StartsWith("2024-04-02,100,", history[1], StringComparison.Ordinal);
        Assert.StartsWith("2024-04-04,102,", history[3], StringComparison.Ordinal);
        Assert.Equal(
            [RiskFactorKind.Price, RiskFactorKind.Volatility, RiskFactorKind.Volatility, RiskFactorKind.Volatility, RiskFactorKind.Volatility],
            HistoryKinds.Of(history[0].Split(',')[1..], []));

        // Once more over its own files.
        Assert.Equal(ExitCode.Done, Surface(folder["days"]).Code);
    }

    [Fact]
    public void Json_has_every_smile()
    {
        Invocation fitted = Surface(Market.WriteTo(folder["quotes.csv"]), "--json");
        JsonElement surface = JsonDocument.Parse(fitted.Output).RootElement.GetProperty("surfaces")[0], smile = surface.GetProperty("smiles")[0];
        Assert.InRange(surface.GetProperty("pivots")[1].GetProperty("volatility").GetDouble(), 0.19, 0.21);
        Assert.Equal(11, smile.GetProperty("quotes").GetInt32());
        Assert.InRange(smile.GetProperty("rootMeanSquare").GetDouble(), 0, 1e-4);
        Assert.Empty(smile.GetProperty("butterfly").EnumerateArray());
    }

    [Fact]
    public void Few_strikes_are_warned_of()
    {
        Invocation fitted = Surface((Market with { Strikes = 4 }).WriteTo(folder["quotes.csv"]));
        Assert.Contains("warning: 'XYZ', expiry 2024-05-02: 4 quotes give three parameters (SSVI); five strikes give all of SVI", fitted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Faulty_quotes_leave_the_folder_as_it_was()
    {
        string file = Market.WriteTo(folder["quotes.csv"]);
        File.AppendAllText(file, "XYZ,2024-04-02,2024-07-02,abc,C,1,2,100,100\n");
        Invocation refused = Surface(file);
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("quotes.csv:46: strike: found 'abc', expected a number greater than 0", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Set));
    }

    [Theory]
    [InlineData("--pivots", "30:1.5", "--pivots: found '30:1.5', expected DAYS:PLACE")]
    [InlineData("--pivots", "30:0.5,30", "--pivots: found '30' in '30:0.5,30', expected DAYS:PLACE")]
    [InlineData("--pivots", "30:0.5,90 --term-power 0.5", "--pivots: found '90' in '30:0.5,90', expected pivots of one number of days, because --term-power is given")]
    [InlineData("--stickiness", "2", "--stickiness: found '2', expected a number from 0 to 1")]
    [InlineData("--coordinate", "strike", "--coordinate: found 'strike', expected delta or moneyness")]
    [InlineData("--underlyings", "ABC", "quotes.csv: expected quotes of 'ABC'")]
    public void An_option_with_a_fault_is_refused(string option, string value, string message)
    {
        Invocation refused = Surface(Market.WriteTo(folder["quotes.csv"]), [option, .. value.Split(' ')]);
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Set));
    }

    [Fact]
    public void A_history_of_other_prices_is_not_replaced()
    {
        Days(2);
        Directory.CreateDirectory(Set);
        File.WriteAllText(Path.Combine(Set, "history.csv"), "date,ABC\n2024-04-02,1\n");
        Invocation refused = Surface(folder["days"]);
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("history.csv:1: ABC: found 'ABC', expected no other column than date, XYZ", refused.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Set));
    }

    [Fact]
    public void A_day_of_two_files_is_refused()
    {
        Days(2);
        File.Copy(Path.Combine(folder["days"], "0.csv"), Path.Combine(folder["days"], "again.csv"));
        Invocation refused = Surface(folder["days"]);
        Assert.Contains("found '2024-04-02', expected a day that no other file has", refused.Error, StringComparison.Ordinal);
    }

    void Days(int count)
    {
        for (int day = 0; day < count; day++)
        {
            (Market with { Day = Market.Day.AddDays(day), Spot = 100 + day, Surface = QuotedMarket.SkewedSurface(0.2 + 0.01 * day) }).WriteTo(Path.Combine(folder["days"], $"{day}.csv"));
        }
    }
}
