using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using Xunit;

namespace GpuMargin.Tests.Margin.Components;

/// <summary>Which prices move in the grid of a book: the underlyings of its own positions, not money.</summary>
public sealed class GridUnderlyingsTests
{
    const int Bitcoin = 0, Euro = 1, Tether = 2, Index = 3;

    const int BitcoinPerpetual = 0, IndexPerpetual = 1, EuroSpot = 2, TetherSpot = 3, CoinPerpetual = 4;

    static readonly double[] s_levels = [40_000, 1.25, 0.98, 6000];

    [Fact]
    public void Instruments_that_an_account_does_not_hold_change_nothing()
    {
        double loss = 3 * s_levels[Index] * s_levels[Euro] * 0.16;
        Assert.Equal(loss, Grid([(IndexPerpetual, 3)], []), 6);
        ClearingSet lean = Set([(IndexPerpetual, 3)], [], depeg: false);
        Assert.Equal(loss, (double)Of(lean with { Instruments = [.. lean.Instruments.Take(2)] }), 6);
    }

    [Fact]
    public void An_exchange_rate_moves_where_a_position_is_on_it()
    {
        double index = 3 * s_levels[Index] * s_levels[Euro] * 0.16 * 0.84; // the index falls, in a euro that has fallen
        double euro = 5000 * s_levels[Euro] * 0.16;
        Assert.Equal(index + euro, Grid([(IndexPerpetual, 3), (EuroSpot, 5000)], []), 6);
    }

    [Fact]
    public void A_coin_margined_position_is_converted_at_the_price_that_moves()
    {
        double coins = 10 * (1 / 40_000.0) * (0.16 / 0.84);
        Assert.Equal(coins * 40_000 * 0.84, Grid([(CoinPerpetual, 10)], []), 6);
    }

    [Fact]
    public void A_settlement_coin_that_may_jump_is_money()
    {
        double loss = 2 * s_levels[Bitcoin] * s_levels[Tether] * 0.16;
        Assert.Equal(loss, Grid([(BitcoinPerpetual, 2), (TetherSpot, 100_000)], [], depeg: true), 6);
        Assert.Equal(loss, Grid([(BitcoinPerpetual, 2)], [], depeg: false), 6);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Cash_collateral_does_not_fall_with_the_positions(bool simulated, bool inAll)
    {
        double loss = 2 * s_levels[Bitcoin] * s_levels[Tether] * 0.16;
        CollateralHolding[] cash = [new(0, -1, "USDT", 100_000, 0), new(0, -1, "EUR", 3000, 0)];
        Assert.Equal(loss, Grid([(BitcoinPerpetual, 2)], cash, simulated: simulated, inAll: inAll), 6);
    }

    [Fact]
    public void Asset_collateral_falls_where_the_policy_counts_it()
    {
        double loss = 2 * s_levels[Bitcoin] * s_levels[Tether] * 0.16;
        CollateralHolding[] asset = [new(0, Index, "USD", 7, 0)];
        Assert.Equal(loss, Grid([(BitcoinPerpetual, 2)], asset, simulated: true), 6);
        Assert.Equal(loss + 7 * s_levels[Index] * 0.16, Grid([(BitcoinPerpetual, 2)], asset, simulated: true, inAll: true), 6);
    }

    static double Grid((int Instrument, double Quantity)[] held, CollateralHolding[] collateral, bool depeg = false, bool simulated = false, bool inAll = false)
    {
        ClearingSet set = Set(held, collateral, depeg);
        return (double)Of(set with
        {
            Policy = set.Policy! with { Collateral = new CollateralTerms { Valuation = simulated ? CollateralValuation.Simulated : CollateralValuation.Haircut, InAllComponents = inAll } },
        });
    }

    static decimal Of(ClearingSet set) => MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].Requirement!.Components["grid"];

    static ClearingSet Set((int Instrument, double Quantity)[] held, CollateralHolding[] collateral, bool depeg) => new()
    {
        Settings = new RunSettings
        {
            AsOf = new DateTimeOffset(2024, 1, 2, 8, 0, 0, TimeSpan.Zero),
            Currency = "USD",
            Fx = new Dictionary<string, FxRate> { ["BTC"] = new("BTCUSD", false), ["EUR"] = new("EURUSD", false), ["USDT"] = new("USDTUSD", false) },
            Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
            Scenarios = 200,
            HorizonDays = 1,
            Precision = Precision.Double,
        },
        Factors = [Price("BTCUSD", Bitcoin), Price("EURUSD", Euro), Price("USDTUSD", Tether), Price("DAX", Index)],
        Correlation = new double[,] { { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 } },
        Instruments =
        [
            Linear("BTC-PERP", InstrumentType.Perpetual, Bitcoin, "USDT"),
            Linear("DAX-PERP", InstrumentType.Perpetual, Index, "EUR"),
            Linear("EURUSD", InstrumentType.Spot, Euro, "USD"),
            Linear("USDTUSD", InstrumentType.Spot, Tether, "USD"),
            Linear("BTC-COIN", InstrumentType.InversePerpetual, Bitcoin, "BTC"),
        ],
        Accounts = ["trader"],
        Positions = new PositionTable([.. held.Select(_ => 0)], [.. held.Select(position => position.Instrument)], [.. held.Select(position => position.Quantity)]),
        Collateral = collateral,
        Policy = new MarginPolicy
        {
            Components = [new ScenarioGrid { Range = 0.16 }],
            Depegs = depeg ? [new DepegJump(Tether, 0, 0.5)] : [],
        },
    };

    static RiskFactor Price(string name, int factor) => new() { Name = name, Kind = RiskFactorKind.Price, Level = s_levels[factor], Variance = 1e-8 };

    static Instrument Linear(string name, InstrumentType type, int underlying, string currency) =>
        new() { Name = name, Type = type, Underlying = underlying, Currency = currency };
}
