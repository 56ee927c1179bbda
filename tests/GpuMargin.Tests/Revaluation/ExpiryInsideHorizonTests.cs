using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Revaluation;

/// <summary>A long near future that expires on Monday against a short one that stays, from Friday over ten days of 2 %; and the short one alone.</summary>
public sealed class ExpiryInsideHorizonTests
{
    static readonly DateTimeOffset s_friday = new(2024, 3, 1, 16, 0, 0, TimeSpan.Zero);

    // Expected shortfall at 99 %, computed outside of the project; 200 tail losses.
    const double SamplingError = 0.02;

    [Theory]
    [InlineData(false, 1522)] // the short leg alone for seven days
    [InlineData(true, 1722)] // Monday is the first day, and nine remain
    public void What_expires_settles_at_the_price_of_its_day(bool weekends, double spread)
    {
        double[] found = Shortfalls(Set(Ageing.Horizon), weekends);
        Assert.InRange(found[0] / spread, 1 - SamplingError, 1 + SamplingError);
        Assert.InRange(found[1] / 1791, 1 - SamplingError, 1 + SamplingError);
    }

    // Monday and Tuesday are holidays: Monday's future settles with Wednesday's price, the first after its expiry.
    [Fact]
    public void An_expiry_on_a_holiday_falls_on_the_next_day_of_the_path()
    {
        ClearingSet set = Set(Ageing.Horizon);
        BusinessCalendar later = BusinessCalendar.WeekdaysWithout([new DateOnly(2024, 3, 4), new DateOnly(2024, 3, 5)]);
        ClearingSet wednesday = Set(Ageing.Horizon, near: s_friday.AddDays(5));
        Assert.Equal(Shortfall(set, later), Shortfall(wednesday, later));
        Assert.NotEqual(Shortfall(set, BusinessCalendar.Weekdays), Shortfall(wednesday, BusinessCalendar.Weekdays));
    }

    [Fact]
    public void Without_ageing_what_expires_is_named()
    {
        Assert.Equal(
            ["'NEAR' expires within the margin period of risk and is valued as if not: with \"ageing\": \"horizon\" what expires settles at the price of its day."],
            MarginCalculator.Calculate(Set(Ageing.None), new CpuBackend()).Warnings);
        Assert.Empty(MarginCalculator.Calculate(Set(Ageing.Horizon), new CpuBackend()).Warnings);
        ClearingSet notHeld = Set(Ageing.None);
        Assert.Empty(MarginCalculator.Calculate(notHeld with { Positions = new PositionTable([0, 1], [1, 1], [-100, -100]) }, new CpuBackend()).Warnings);
    }

    [Fact]
    public void A_few_are_named_and_the_others_counted()
    {
        ClearingSet set = Set(Ageing.None);
        Instrument[] many = [.. Enumerable.Range(1, 5).Select(i => set.Instruments[0] with { Name = $"N{i}" })];
        set = set with { Instruments = many, Accounts = ["all"], Positions = new PositionTable([0, 0, 0, 0, 0], [0, 1, 2, 3, 4], [1, 1, 1, 1, 1]) };
        Assert.StartsWith("'N1', 'N2', 'N3' and 2 more expire within", Assert.Single(MarginCalculator.Calculate(set, new CpuBackend()).Warnings), StringComparison.Ordinal);
    }

    static double[] Shortfalls(ClearingSet set, bool weekends) =>
    [
        .. MarginCalculator.Calculate(
            set with { Settings = set.Settings with { Calendar = weekends ? BusinessCalendar.Weekdays : BusinessCalendar.All } }, new CpuBackend())
            .Accounts.Select(account => account.ExpectedShortfall.Value),
    ];

    static double Shortfall(ClearingSet set, BusinessCalendar calendar) =>
        MarginCalculator.Calculate(set with { Settings = set.Settings with { Calendar = calendar } }, new CpuBackend()).Accounts[0].ExpectedShortfall.Value;

    static ClearingSet Set(Ageing ageing, DateTimeOffset? near = null) => new()
    {
        Settings = new RunSettings
        {
            AsOf = s_friday,
            Currency = "USD",
            Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
            Scenarios = 20_000,
            Seed = 7,
            HorizonDays = 10,
            Ageing = ageing,
            Precision = Precision.Double,
        },
        Factors = [new RiskFactor { Name = "X", Kind = RiskFactorKind.Price, Level = 100, Variance = 0.0004 }],
        Correlation = new double[,] { { 1 } },
        Instruments = [Future("NEAR", near ?? s_friday.AddDays(3)), Future("NEXT", new DateTimeOffset(2024, 6, 21, 16, 0, 0, TimeSpan.Zero))],
        Accounts = ["spread", "naked"],
        Positions = new PositionTable([0, 0, 1], [0, 1, 1], [100, -100, -100]),
    };

    static Instrument Future(string name, DateTimeOffset expiry) => new()
    {
        Name = name,
        Type = InstrumentType.Future,
        Underlying = 0,
        Currency = "USD",
        YearsToExpiry = (expiry - s_friday).TotalSeconds / (365 * 86_400.0),
    };
}
