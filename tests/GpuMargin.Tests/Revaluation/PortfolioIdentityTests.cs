using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Revaluation;

/// <summary>What must hold between accounts, whatever the model draws.</summary>
public sealed class PortfolioIdentityTests
{
    // Of S: a call and a put are each a few roundings of 2⁻⁵³ or 2⁻²⁴ from their value, and so is the forward.
    const double DoubleTolerance = 1e-14;
    const double MixedTolerance = 1e-6;

    static readonly CpuBackend s_backend = new();

    [Theory]
    [InlineData(Precision.Double, Ageing.None, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.Horizon, DoubleTolerance)]
    [InlineData(Precision.Mixed, Ageing.None, MixedTolerance)]
    [InlineData(Precision.Mixed, Ageing.Horizon, MixedTolerance)]
    public void A_long_call_and_a_short_put_are_the_discounted_forward(Precision precision, Ageing ageing, double tolerance)
    {
        // The strikes cancel only where no rate factor moves the discounting and nothing ages it: e^(−rT) at r = 0.
        ClearingSet set = new VariedSet { Factors = 3, Instruments = 1, Accounts = 1, Scenarios = 500, Ageing = ageing }.Build(precision);
        double spot = set.Factors[0].Level;
        Instrument call = new()
        {
            Name = "C",
            Type = InstrumentType.Option,
            Underlying = 0,
            Currency = "USD",
            Strike = 1.05 * spot,
            YearsToExpiry = 0.25,
            Volatility = 0.4,
            VolatilityFactor = 1,
            DividendYield = 0.03,
        };
        Instrument future = new() { Name = "F", Type = InstrumentType.Future, Underlying = 0, Currency = "USD", YearsToExpiry = 0.25, DividendYield = 0.03 };
        double[,] gains = Visited.ProfitAndLoss(s_backend, MarginCalculator.Plan(set with
        {
            Instruments = [call, call with { Name = "P", Right = OptionRight.Put }, future],
            Accounts = ["synthetic", "forward"],
            Positions = new PositionTable([0, 0, 1], [0, 1, 2], [1, -1, 1]),
        }));
        for (int s = 0; s < gains.GetLength(0); s++)
        {
            Assert.InRange(gains[s, 0] - gains[s, 1], -tolerance * spot, tolerance * spot);
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void The_mirror_of_an_account_has_the_negated_profit_bit_for_bit(Precision precision)
    {
        ClearingSet set = new VariedSet { Factors = 17, Instruments = 1100, Accounts = 9, Positions = 200 }.Build(precision);
        double[,] gains = Visited.ProfitAndLoss(s_backend, MarginCalculator.Plan(set));
        double[,] mirrored = Visited.ProfitAndLoss(s_backend, MarginCalculator.Plan(Scaled(set, -1)));
        AssertScaled(gains, mirrored, -1);
    }

    [Theory]
    [InlineData(Precision.Double, 2)]
    [InlineData(Precision.Double, 0.125)]
    [InlineData(Precision.Mixed, 2)]
    [InlineData(Precision.Mixed, 0.125)]
    public void A_book_times_a_power_of_two_scales_everything_bit_for_bit(Precision precision, double factor)
    {
        ClearingSet set = new VariedSet { Factors = 17, Instruments = 1100, Accounts = 9, Positions = 200, Scenarios = 443 }.Build(precision);
        ClearingSet scaled = Scaled(set, factor);
        AssertScaled(Visited.ProfitAndLoss(s_backend, MarginCalculator.Plan(set)), Visited.ProfitAndLoss(s_backend, MarginCalculator.Plan(scaled)), factor);

        IReadOnlyList<AccountMargin> margins = MarginCalculator.Calculate(set, s_backend).Accounts;
        Assert.Equal(margins.Select(margin => Scaled(margin, factor)), MarginCalculator.Calculate(scaled, s_backend).Accounts);
        Assert.Contains(margins, margin => margin.Margin > 0);
    }

    [Fact]
    public void An_account_without_positions_has_a_margin_of_nothing()
    {
        ClearingSet set = new VariedSet().Build(Precision.Mixed);
        AccountMargin empty = MarginCalculator.Calculate(set, s_backend).Accounts[5];
        Assert.Equal(new AccountMargin("A5", 0, 0, default, default, 0), empty);
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void An_account_does_not_feel_its_neighbours(Precision precision)
    {
        ClearingSet set = new VariedSet { Accounts = 70, Instruments = 50 }.Build(precision);
        IReadOnlyList<AccountMargin> together = MarginCalculator.Calculate(set, s_backend).Accounts;
        foreach (int account in (int[])[0, 63, 64, 69])
        {
            int[] rows = [.. Enumerable.Range(0, set.Positions.Count).Where(row => set.Positions.Account[row] == account)];
            ClearingSet alone = set with
            {
                Accounts = [set.Accounts[account]],
                Positions = new PositionTable(new int[rows.Length], [.. rows.Select(row => set.Positions.Instrument[row])], [.. rows.Select(row => set.Positions.Quantity[row])]),
            };
            Assert.Equal(together[account], Assert.Single(MarginCalculator.Calculate(alone, s_backend).Accounts));
        }
    }

    static ClearingSet Scaled(ClearingSet set, double factor) =>
        set with { Positions = set.Positions with { Quantity = [.. set.Positions.Quantity.Select(quantity => factor * quantity)] } };

    static AccountMargin Scaled(AccountMargin margin, double factor) => margin with
    {
        Value = factor * margin.Value,
        ValueAtRisk = Scaled(margin.ValueAtRisk, factor),
        ExpectedShortfall = Scaled(margin.ExpectedShortfall, factor),
        Margin = factor * margin.Margin,
    };

    static Estimate Scaled(Estimate estimate, double factor) => new(factor * estimate.Value, factor * estimate.Low, factor * estimate.High);

    // Equal numbers, so equal bits but for the sign of a zero.
    static void AssertScaled(double[,] gains, double[,] scaled, double factor) =>
        Assert.Equal(gains.Cast<double>().Select(gain => factor * gain), scaled.Cast<double>());
}
