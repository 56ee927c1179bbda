using GpuMargin.Margin;
using GpuMargin.Tests.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>What is valid and most likely in another unit is said, of the first that it concerns.</summary>
public sealed class UnitWarningTests
{
    [Fact]
    public void Usual_numbers_are_not_spoken_of()
    {
        using SetFolder folder = SetFolder.WithPolicy();

        Assert.Empty(SetWarnings.Of(folder.Read() with { Warnings = [] }));
    }

    [Theory]
    [InlineData("instruments.csv", "call,european,0.22,", "call,european,22,", "The volatility of 'SPX call' is 22: implied volatilities are fractions per year, 0.22 for 22 %.")]
    [InlineData("instruments.csv", "call,european,0.22,\"VOL,SPX\",0.065,", "call,european,0.22,\"VOL,SPX\",6.5,", "The rate of 'SPX call' is 6.5: rates are fractions per year, 0.05 for 5 %.")]
    [InlineData("instruments.csv", "2001-03-16,,,,,0.065,0.012", "2001-03-16,,,,,0.065,-1.2", "The dividend_yield of 'SPX fut' is -1.2: rates are fractions per year, 0.05 for 5 %.")]
    [InlineData("factors.csv", "USDRATE,rate,0.065", "USDRATE,rate,6.5", "The level of 'USDRATE' is 6.5: rates are fractions per year, 0.05 for 5 %.")]
    [InlineData("factors.csv", "0.94,garch,0.0001,", "0.94,garch,5,", "The mean of 'EURUSD' is 5: it is the return of a day, 0.0004 for 0.04 %.")]
    [InlineData("factors.csv", "1283.27,constant,,0.0002", "1283.27,constant,,2", "The variance of 'SPX' is 2, and 1 more are as unusual: it is of the return of a day as a fraction, 0.0004 for moves of 2 %, not in squared percent.", "VOL,SPX\",volatility,1,constant,,0.001", "VOL,SPX\",volatility,1,constant,,10")]
    [InlineData("factors.csv", "0.065,constant,,0.0000001", "0.065,constant,,0.0025", "The variance of 'USDRATE' is 0.0025: it is of the return of a day as a fraction, 0.0004 for moves of 2 %, not in squared percent.")]
    [InlineData("factors.csv", "0.00004,0.000001,0.05", "0.00004,0.02,0.05", "The long-run variance of 'EURUSD' is 0.4: omega/(1 - alpha - gamma/2 - beta) is of the return of a day as a fraction, 0.0004 for moves of 2 %, not in squared percent.")]
    [InlineData("factors.csv", "student-t,5.5,", "student-t,2.0000001,", "The nu of 'EURUSD' is 2.0000001: so near to 2 the variance hangs on moves that hardly ever come, and the others are next to nothing.")]
    [InlineData("factors.csv", "SPX,price,1283.27", "SPX,price,12.8327", "The level of 'SPX' is 12.8327, and the nearest strike on it 1200 ('SPX put'): are both in one unit?")]
    [InlineData("run.json", "\"horizonDays\": 3", "\"horizonDays\": 0", "The horizon is 0 days: nothing moves, and there is no loss.")]
    public void Another_unit_is_said(string file, string old, string replacement, string warning, string? alsoOld = null, string? also = null)
    {
        using SetFolder folder = new SetFolder().ReplacingOnce(file, old, replacement);
        if (alsoOld is not null)
        {
            folder.ReplacingOnce(file, alsoOld, also!);
        }

        Assert.Equal(warning, Assert.Single(SetWarnings.Of(folder.Read())));
    }

    [Fact]
    public void Rates_of_curves_are_held_against_the_same_bound()
    {
        using SetFolder folder = new SetFolder()
            .Replacing("instruments.csv", "\n", ",\n")
            .ReplacingOnce("instruments.csv", "rate_factor,", "rate_factor,curve")
            .ReplacingOnce("instruments.csv", "2001-03-16,,,,,0.065,0.012,USDRATE,", "2001-03-16,,,,,,0.012,,USD")
            .With("curves.csv", "curve,days,rate\nUSD,1,5\nUSD,90,0.05\nEUR,1,9\n");

        Assert.Equal(
            ["No instrument has the curve 'EUR' of curves.csv.", "The rate of 'USD' is 5: rates are fractions per year, 0.05 for 5 %."],
            SetWarnings.Of(folder.Read()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_that_look_alike_and_names_that_do_not_show_are_said()
    {
        using SetFolder folder = new SetFolder().With("positions.csv", "account,instrument,quantity\nÅ,EUR cash,1\nA\u030a,EUR cash,1\nDesk,EUR cash,1\ndesk,EUR cash,1\nde\u200bsk,EUR cash,1\n");

        Assert.Equal(
            [
                "Names of accounts hold characters that do not show: 'de\\u200bsk'.",
                "Names of accounts look alike and are different: '\\u00c5' and 'A\\u030a', 'Desk' and 'desk', 'Desk' and 'de\\u200bsk'.",
            ],
            SetWarnings.Of(folder.Read()));
    }
}
