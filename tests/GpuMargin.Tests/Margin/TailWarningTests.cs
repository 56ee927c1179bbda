using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>Accounts whose interval cannot be trusted are named, and who holds and owes nothing never loses more than he has.</summary>
public sealed class TailWarningTests
{
    const int Stock = 0, Put = 1, Future = 2;

    [Theory]
    [InlineData(Precision.Mixed)]
    [InlineData(Precision.Double)]
    public void What_is_long_and_held_loses_at_most_its_value(Precision precision)
    {
        // Log-returns of 300 % a day: in most scenarios of the tail all is lost.
        AccountMargin[] margins = [.. Run(Set(9, 4, [(0, Stock, 1), (1, Put, 1), (2, Stock, 1), (2, Put, 2), (3, Future, 1)], 200), precision).Accounts];
        for (int account = 0; account < 3; account++)
        {
            double value = margins[account].Value;
            foreach (Estimate estimate in (Estimate[])[margins[account].ValueAtRisk, margins[account].ExpectedShortfall])
            {
                Assert.InRange(estimate.High, estimate.Value, value);
                Assert.InRange(estimate.Value, estimate.Low, value);
            }
        }

        Assert.Equal(100, margins[0].Value);
        Assert.True(margins[0].ExpectedShortfall.Value > 99);
        Assert.True(margins[3].ExpectedShortfall.High > 100, "a future is settled: nothing is paid for it that bounds the loss");
    }

    [Fact]
    public void Base_and_sampling_error_of_a_book_end_there_too()
    {
        ClearingSet set = Set(0.09, 4, [(0, Stock, 1)], 200) with
        {
            Policy = new MarginPolicy { Components = [new SamplingError { Confidence = 0.999m }] },
        };
        ComponentAmounts parts = Run(set).Accounts[0].Requirement!.Components;
        const decimal RoundedUp = 2e-12m; // each amount to twelve places
        Assert.InRange(parts.Base + parts["sampling_error"], 50m, 100m + RoundedUp);
    }

    [Fact]
    public void Accounts_that_cannot_be_trusted_are_counted_and_some_named_with_what_helps()
    {
        ClearingSet set = Set(1.44e-4, 4, [(0, Stock, 1), (1, Put, -1), (2, Put, -2), (3, Put, -3), (4, Put, -4)], 10_000);
        MarginReport report = Run(set);

        Assert.Equal([true, false, false, false, false], report.Accounts.Select(account => account.ExpectedShortfallTrusted));
        Assert.Equal(
            "4 of 5 accounts (A1, A2, A3, …): the interval of ES cannot be trusted (es_trusted), ES itself may be too low: "
            + "losses beyond VaR are too rare for the scenarios; importance sampling would help, or 100000 scenarios.",
            report.Warnings[0]);

        MarginReport importance = Run(set with { Settings = set.Settings with { Importance = Importance.On } });
        Assert.All(importance.Accounts, account => Assert.True(account.ExpectedShortfallTrusted));
        Assert.Empty(importance.Warnings);
    }

    [Fact]
    public void Nothing_and_what_cancels_is_trusted()
    {
        MarginReport report = Run(Set(1.44e-4, 4, [(0, Stock, 1), (1, Stock, 0), (2, Stock, 3), (2, Future, -3)], 1000));
        Assert.All(report.Accounts, account => Assert.True(account.ExpectedShortfallTrusted));
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void A_loss_at_the_bound_of_shocks_is_told()
    {
        // Standard deviation 5, nu 2.1: a shock of 24 is no rarity.
        string[] warnings = [.. Run(Set(25, 2.1, [(0, Stock, -1), (1, Stock, 1)], 4000)).Warnings];
        Assert.Contains("1 of 2 accounts (A0): the largest loss lies in a scenario whose shock is cut at its bound: ES hangs on the bound, not on the model.", warnings);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)] // below itself in single precision
    public void The_bound_is_that_of_the_settings(double bound)
    {
        ClearingSet set = Set(0.04, 3, [(0, Put, -1)], 4000);
        MarginReport report = Run(set with { Settings = set.Settings with { MaximumShock = bound } });
        Assert.Contains(report.Warnings, warning => warning.Contains("cut at its bound", StringComparison.Ordinal));
        Assert.False(ClippedShocks.DecideWorstLoss(AccountRun.Of(set), 0, 0));
        Assert.True(ClippedShocks.DecideWorstLoss(
            AccountRun.Of(set with { Settings = set.Settings with { MaximumShock = bound } }), 0, report.Accounts[0].WorstScenario));
    }

    [Fact]
    public void A_price_that_may_fall_below_zero_bounds_no_loss()
    {
        ClearingSet set = Set(400, 4, [(0, Stock, 1)], 1000);
        set = set with { Factors = [set.Factors[0] with { Kind = RiskFactorKind.Additive, Level = 20 }], Instruments = [set.Instruments[Stock]] };
        AccountMargin margin = Run(set).Accounts[0];
        Assert.Equal(20, margin.Value);
        Assert.True(margin.ExpectedShortfall.Value > 20);
    }

    static MarginReport Run(ClearingSet set, Precision precision = Precision.Mixed) =>
        MarginCalculator.Calculate(set with { Settings = set.Settings with { Precision = precision } }, new CpuBackend(threads: 1));

    // A stock at 100, a put of a month struck at 90 and a perpetual future, under t innovations.
    static ClearingSet Set(double variance, double nu, (int Account, int Instrument, double Quantity)[] rows, int scenarios)
    {
        Instrument stock = new() { Name = "STOCK", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD", ProductClass = "equity" };
        return new ClearingSet
        {
            Settings = new RunSettings
            {
                AsOf = new DateTimeOffset(2026, 1, 2, 16, 0, 0, TimeSpan.Zero),
                Currency = "USD",
                Copula = new Copula(CopulaFamily.StudentT, nu),
                Scenarios = scenarios,
                HorizonDays = 1,
                Confidence = 0.99m,
                Seed = 1,
            },
            Factors =
            [
                new RiskFactor { Name = "S", Kind = RiskFactorKind.Price, Level = 100, Variance = variance, Marginal = MarginalFamily.StudentT, DegreesOfFreedom = nu },
            ],
            Correlation = new double[,] { { 1 } },
            Instruments =
            [
                stock,
                stock with { Name = "PUT", Type = InstrumentType.Option, Right = OptionRight.Put, Strike = 90, YearsToExpiry = 30 / 252.0, Volatility = 0.2 },
                stock with { Name = "FUTURE", Type = InstrumentType.Perpetual },
            ],
            Accounts = [.. rows.Select(row => $"A{row.Account}").Distinct()],
            Positions = new PositionTable([.. rows.Select(row => row.Account)], [.. rows.Select(row => row.Instrument)], [.. rows.Select(row => row.Quantity)]),
        };
    }
}
