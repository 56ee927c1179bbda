using System.Globalization;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.Studies;
using GpuMargin.Tests.Backtesting;
using GpuMargin.Tests.Calibration;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Margin.Components;

/// <summary>Liquidity that changes: rows with dates, and half spreads and impact that follow volatility.</summary>
public sealed class MovingLiquidityTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("2024-03-01T15:59:00Z", 0.001, 0.001)]
    [InlineData("2024-03-01T16:00:00Z", 0.004, 0.001)]
    [InlineData("2024-03-05T00:00:00Z", 0.004, 0.02)]
    [InlineData("2024-03-09T00:00:00Z", 0.003, 0.02)]
    public void The_latest_row_that_was_known_counts(string asOf, double spot, double future)
    {
        Requirement found = Run(asOf, "", "");
        Assert.Equal(10 * 100 * spot + 2 * 100 * future, (double)found.Components["liquidity"], 9);
    }

    [Fact]
    public void A_set_keeps_its_dates_when_it_is_written_and_read()
    {
        Run("2024-03-05T00:00:00Z", "", "");
        ClearingSet set = ClearingSetFiles.Read(folder.Path);
        string copy = folder["copy"];
        ClearingSetFiles.Write(set, copy);
        ClearingSet read = ClearingSetFiles.Read(copy);
        Assert.Equal(set.Liquidity.Rows, read.Liquidity.Rows);
        Assert.Equal(set.Liquidity.RowOfInstrument, read.Liquidity.RowOfInstrument);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(0.5, 1.4142135623730951)]
    [InlineData(2, 4)]
    public void Costs_grow_with_a_power_of_volatility_over_its_long_run(double power, double growth)
    {
        // Variance today 0.0004, in the long run 0.0001.
        string key = string.Create(CultureInfo.InvariantCulture, $$""", "volatilityPower": {{power}}""");
        Requirement found = Run("2024-03-01T16:00:00Z", key, "0.0001", average: 2);
        double spread = 10 * 100 * 0.004 + 2 * 100 * 0.001;
        double impact = 0.05 * Math.Sqrt(10 / 2.0) * 1000 + 0.05 * Math.Sqrt(2 / 2.0) * 200;
        Assert.Equal(growth * (spread + impact), (double)found.Components["liquidity"], 9);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("0.0001", 0)]
    public void A_factor_that_never_moves_has_costs_that_are_numbers(string longRun, double growth)
    {
        Requirement found = Run("2024-03-01T16:00:00Z", """, "volatilityPower": 1""", longRun, variance: "0");
        Assert.Equal(growth * (10 * 100 * 0.004 + 2 * 100 * 0.001), (double)found.Components["liquidity"], 9);
    }

    [Fact]
    public void A_factor_without_a_long_run_is_named()
    {
        Run("2024-03-01T16:00:00Z", """, "volatilityPower": 1""", "");
        MarginReport report = MarginCalculator.Calculate(ClearingSetFiles.Read(folder.Path), new CpuBackend());
        Assert.Contains(report.Warnings, warning => warning.Contains("volatilityPower of policy.json has no effect on 'X'", StringComparison.Ordinal));
        Run("2024-03-01T16:00:00Z", """, "volatilityPower": 1""", "0.0001");
        report = MarginCalculator.Calculate(ClearingSetFiles.Read(folder.Path), new CpuBackend());
        Assert.DoesNotContain(report.Warnings, warning => warning.Contains("volatilityPower", StringComparison.Ordinal));
    }

    [Fact]
    public void A_roll_reads_on_each_day_what_was_known()
    {
        const int First = 292, Change = 294, Last = 296;
        HistorySet set = Rolled(new LiquidityCost());
        LiquidityTerms calm = new() { Underlying = 0, HalfSpread = 0.01, AverageDailyVolume = 1e6 };
        LiquidityTerms[] rows = [calm, calm with { HalfSpread = 0.03, From = SyntheticHistory.Date(Change) }];
        RollReport report = MarginRoll.Calculate(set with { Liquidity = new LiquidityTable(rows, [1, 1]) }, SyntheticHistory.Days(First, Last));
        double[] plain = Liquidity(MarginRoll.Calculate(set with { Liquidity = new LiquidityTable([calm], [0, 0]) }, SyntheticHistory.Days(First, Last)));
        double[] dated = Liquidity(report);
        for (int day = 0; day <= Last - First; day++)
        {
            Assert.Equal((First + day >= Change ? 3 : 1) * plain[day], dated[day], 9);
        }

        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => MarginRoll.Calculate(
            set with { Liquidity = new LiquidityTable([rows[1]], [0, 0]) }, SyntheticHistory.Days(First, Last)));
        Assert.Contains("a day of the roll", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_roll_follows_volatility_where_the_policy_says_so()
    {
        LiquidityTable table = new([new LiquidityTerms { Underlying = 0, HalfSpread = 0.01, AverageDailyVolume = 1e6 }], [0, 0]);
        double[] plain = Liquidity(MarginRoll.Calculate(Rolled(new LiquidityCost()) with { Liquidity = table }, SyntheticHistory.Days(292, 296)));
        double[] moving = Liquidity(MarginRoll.Calculate(Rolled(new LiquidityCost { VolatilityPower = 1 }) with { Liquidity = table }, SyntheticHistory.Days(292, 296)));
        double[] ratios = [.. moving.Zip(plain, (a, b) => a / b)];
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0.3, 3));
        Assert.True(ratios.Max() - ratios.Min() > 0.01, string.Join(' ', ratios));
    }

    static double[] Liquidity(RollReport report) => [.. report.Accounts[0].Policy!.Days.Select(day => (double)day.Components["liquidity"])];

    static HistorySet Rolled(LiquidityCost terms) =>
        SyntheticHistory.Set(SyntheticHistory.History(SimulatedHistory.Returns(1, 300, seed: 11))) with { Policy = new MarginPolicy { Components = [terms] } };

    Requirement Run(string asOf, string key, string longRun, double average = 1e40, string variance = "0.0004")
    {
        Write("run.json", $$"""{ "asOf": "{{asOf}}", "currency": "USD", "copula": { "family": "gaussian" }, "scenarios": 200, "confidence": 0.95 }""");
        Write("factors.csv", "factor,kind,level,process,variance,marginal,long_run_variance", $"X,price,100,constant,{variance},normal,{longRun}");
        Write("instruments.csv", "instrument,type,underlying", "X,spot,X", "PERP,perpetual,X");
        Write("positions.csv", "account,instrument,quantity", "A,X,10", "A,PERP,2");
        string volume = average.ToString(CultureInfo.InvariantCulture);
        Write("liquidity.csv",
            "date,instrument,underlying,half_spread,average_daily_volume,impact",
            $"2024-03-08,X,,0.003,{volume},0.05",
            $",,X,0.001,{volume},0.05",
            $"2024-03-01,X,,0.004,{volume},0.05",
            $"2024-03-04T09:00:00Z,PERP,,0.02,{volume},0.05",
            $"2024-02-01,X,,0.001,{volume},0.05");
        Write("policy.json", $$"""{ "version": 1, "liquidity": { "impact": "square-root"{{key}} } }""");
        return MarginCalculator.Calculate(ClearingSetFiles.Read(folder.Path), new CpuBackend()).Accounts[0].Requirement!;
    }

    void Write(string file, params string[] lines) => File.WriteAllLines(folder[file], lines);
}
