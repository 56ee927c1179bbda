using GpuMargin.Backends;
using GpuMargin.Calibration;
using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.Reporting;
using GpuMargin.Studies;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Calibration;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

/// <summary>A roll under a margin policy: three spots and a sold call, in accounts LONG and SHORT-CALL.</summary>
public sealed class PolicyRollTests
{
    const int Days = 300, First = 292, Last = 296;

    static readonly double[,] s_returns = SimulatedHistory.Returns(3, Days, seed: 11);

    static readonly HistorySet s_plain = SyntheticHistory.Set(SyntheticHistory.History(s_returns));

    static readonly HistorySet s_set = s_plain with
    {
        Policy = new MarginPolicy
        {
            Components = [new DependenceAddOn(), new ConcentrationAddOn(), new StressedObservations(), new LongRunFloor(), new LiquidityCost(), new SamplingError()],
            RoundingUnit = 0.01m,
        },
        Liquidity = new LiquidityTable([new LiquidityTerms { Instrument = -1, Underlying = 0, HalfSpread = 0.01, AverageDailyVolume = 1000 }], [0, 0, 0, 0]),
        Stress = new StressSet { Moves = [new StressMove("fall", [new FactorShock(0, -0.3), new FactorShock(1, -0.3), new FactorShock(2, -0.3), new FactorShock(3, 0.5)])] },
    };

    static readonly HistorySet s_netted = s_set with { AccountTerms = [Terms("LONG"), Terms("SHORT-CALL")] };

    static readonly RollReport s_report = MarginRoll.Calculate(s_set, SyntheticHistory.Days(First, Last) with { VolatilityStep = 2 });

    static readonly RollReport s_together = MarginRoll.Calculate(s_netted, SyntheticHistory.Days(First, Last));

    static AccountTerms Terms(string account) => new() { Member = "ACME", Type = AccountType.Client, NettingSet = "BOTH" };

    [Fact]
    public void A_days_requirement_is_that_of_a_run_on_what_was_known()
    {
        double[,] known = new double[Last + 1, 3];
        Array.Copy(s_returns, known, known.Length);
        CalibrationResult calibration = HistoryCalibration.Calibrate(
            new ReturnHistory { Factors = s_set.History.Factors, Returns = known, LastLevels = [.. Enumerable.Range(0, 3).Select(f => s_set.History.Levels![Last, f])] },
            new CalibrationOptions { VolatilityFactors = true });
        RiskFactor[] factors = [.. calibration.Factors.Select((factor, f) => factor.Factor with
        {
            GivenLongRunVariance = f >= 3 ? double.NaN : Enumerable.Range(0, Last + 1).Average(day => Math.Pow(s_returns[day, f] - factor.Volatility.Fit.Parameters.Mean, 2)),
        })];
        ClearingSet set = new()
        {
            Settings = s_set.Settings with { Copula = calibration.Dependence.Copula },
            Factors = factors,
            Correlation = calibration.Dependence.Correlation,
            Instruments = [.. s_set.Instruments.Take(3)],
            Accounts = ["LONG"],
            Positions = new PositionTable([0, 0, 0], [0, 1, 2], [1, 1, 1]),
            Policy = s_set.Policy,
            Liquidity = new LiquidityTable(s_set.Liquidity.Rows, [0, 0, 0]),
            Stress = s_set.Stress,
        };
        Requirement run = MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].Requirement!;
        Assert.All((string[])["dependence", "stressed", "floor", "liquidity", "sampling_error"], column => Assert.True(run.Components[column] > 0, column));
        Assert.Equal(run, s_report.Accounts[0].Policy!.Days[^1]);
    }

    [Fact]
    public void A_policy_changes_nothing_else()
    {
        RollReport plain = MarginRoll.Calculate(s_plain, SyntheticHistory.Days(First, Last) with { VolatilityStep = 2 });
        Assert.Equal(RollOptionWord.All, plain.Options);
        for (int account = 0; account < 2; account++)
        {
            Assert.Equal(plain.Accounts[account].Requirements, s_report.Accounts[account].Requirements);
            Assert.Equal(plain.Accounts[account].ProfitAndLoss, s_report.Accounts[account].ProfitAndLoss);
        }

        Assert.Equal(plain.Step!.Paths, s_report.Step!.Paths[..4]);
    }

    [Fact]
    public void The_total_is_the_exact_sum_and_stands_in_the_files()
    {
        string[][] rows = [.. System.Text.Encoding.UTF8.GetString(RollRequirementsCsv.ToBytes(s_report)).TrimEnd().Split('\n').Select(row => row.Split(','))];
        int column = Array.IndexOf(rows[0], "requirement");
        for (int day = 0; day <= Last - First; day++)
        {
            decimal sum = rows.Skip(1 + 2 * day).Take(2).Sum(row => decimal.Parse(row[column], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal((double)sum, s_report.Total.Policy!.Required[day]);
            Assert.Equal(s_report.Accounts.Sum(path => path.Policy!.Days[day].Components["liquidity"]), s_report.Total.Policy!.Components[day]["liquidity"]);
        }

        string summary = System.Text.Encoding.UTF8.GetString(RollSummaryCsv.ToBytes(s_report));
        Assert.All((string[])["LONG,requirement,", "\n,requirement,", "\n,base,", "\n,stress,", "\n,liquidity,", "\n,sampling_error,"], row => Assert.Contains(row, summary, StringComparison.Ordinal));
        int cells = summary.Split('\n')[0].Count(letter => letter == ',');
        Assert.All(summary.TrimEnd().Split('\n'), row => Assert.Equal(cells, row.Count(letter => letter == ',')));
    }

    [Fact]
    public void A_netting_set_has_one_requirement_and_its_profit_is_that_of_its_accounts()
    {
        Assert.Null(s_together.Accounts[1].Policy);
        PolicyPath both = s_together.Accounts[0].Policy!;
        for (int day = 0; day < both.Required.Length; day++)
        {
            Assert.True(both.Components[day].Base < s_report.Total.Policy!.Components[day].Base); // a long share and a sold call on it
            Assert.Equal(s_report.Total.ProfitAndLoss[day], both.ProfitAndLoss[day]);
        }

        Assert.Equal(s_together.Accounts[0].Periods, s_together.Periods(RollOption.Policy));
        Assert.Equal(2 * s_together.Accounts[0].Periods, s_together.Periods(RollOption.None));
    }

    [Fact]
    public void A_loss_is_held_against_the_requirement_when_its_period_began()
    {
        int horizon = s_set.Settings.HorizonDays;
        RollPath path = s_together.Accounts[0];
        double[] required = [.. path.Policy!.Required.Select(_ => 1e-9)];
        RollPath free = path with { Policy = path.Policy with { Required = required } };
        for (int day = horizon; day < path.Days; day++)
        {
            Assert.Equal(path.Policy.ProfitAndLoss[day] < -path.Policy.Required[day - horizon], path.Exceeds(RollOption.Policy, day));
            Assert.Equal(path.Policy.ProfitAndLoss[day] < -1e-9, free.Exceeds(RollOption.Policy, day));
        }

        Assert.Null(path.Exceeds(RollOption.Policy, 0));
    }

    [Fact]
    public void Threads_change_nothing()
    {
        RollOptions options = SyntheticHistory.Days(First, Last);
        Assert.Equal(
            RollRequirementsCsv.ToBytes(MarginRoll.Calculate(s_netted, options with { Threads = 1 })),
            RollRequirementsCsv.ToBytes(MarginRoll.Calculate(s_netted, options with { Threads = 3 })));
    }

    [Fact]
    public void The_last_day_of_the_sample_is_the_samples_own_run_under_its_policy_for_accounts_without_options()
    {
        DateTimeOffset day = new(2001, 1, 2, 16, 0, 0, TimeSpan.Zero);
        string cleared = Path.Combine(Path.GetDirectoryName(Dow30.Folder)!, "dow30-cleared", "2001-01-02");
        RollReport report = MarginRoll.Calculate(HistorySetReader.Read(Dow30.Folder, policyFolder: cleared), new RollOptions { From = day, To = day });
        MarginReport run = MarginCalculator.Calculate(ClearingSetFiles.Read(cleared), new CpuBackend());
        foreach (string name in (string[])["LONG-ONLY-05", "INDEX-LIKE-02", "MARKET-NEUTRAL-05", "PAIRS-04", "SHORT-ONLY-01"])
        {
            Requirement rolled = report.Accounts.Single(path => path.Account == name).Policy!.Days[0];
            Requirement called = run.Accounts.Single(account => account.Account == name).Requirement!;
            // The set has no column long_run_variance; the roll has the look-back's.
            Assert.Equal(Comparable(called), Comparable(rolled));
            Assert.Equal((called.Member, called.Type, called.Collateral), (rolled.Member, rolled.Type, rolled.Collateral));
        }

        static IEnumerable<(string, decimal)> Comparable(Requirement requirement) =>
            requirement.Components.Lines.Select(line => line.Column).Where(column => column is not ("floor" or "model" or "calculated"))
                .Select(column => (column, requirement.Components[column]));
    }
}
