using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using Xunit;

namespace GpuMargin.Tests.Margin.Components;

/// <summary>The scenario grid against the venue's published example, and its parts by hand.</summary>
public sealed class GridMarginTests
{
    const double Perpetual = .314538364, Future = -.001187534; // BTC

    static readonly ScenarioGrid s_grid = new() { Range = .16, Steps = 4, MinimumAnnualisedMove = .01, GainsOffset = 0, MaintenanceRatio = .8 };

    [Fact]
    public void The_coin_margined_example_is_hit_to_every_digit()
    {
        IReadOnlyList<GridMove> moves = GridMargin.Moves(s_grid);
        double[] profitAndLoss = [.. moves.Select(move => (Perpetual + Future) * (move.Price / (1 + move.Price)))]; // 1 − 1/(1 + s)
        Assert.Equal(.05968587238095239, -profitAndLoss.Min());
        decimal worst = GridMargin.WorstLoss(s_grid, moves, profitAndLoss);
        decimal roll = GridMargin.RollShock(s_grid, Perpetual, 0) + GridMargin.RollShock(s_grid, Future, .45);
        Assert.Equal((.059685872m, .00315725898m), (worst, roll));
        Assert.Equal((.06284313098m, .050274504784m), (worst + roll, .8m * (worst + roll)));
    }

    [Fact]
    public void A_run_in_coin_gives_the_example_as_initial_and_maintenance_level()
    {
        // Volatility is next to nothing, so the grid exceeds the simulated margin.
        ClearingSet set = new()
        {
            Settings = new RunSettings
            {
                AsOf = new DateTimeOffset(2024, 1, 2, 8, 0, 0, TimeSpan.Zero),
                Currency = "BTC",
                Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
                Scenarios = 200,
                HorizonDays = 1,
                Precision = Precision.Double,
            },
            Factors = [new RiskFactor { Name = "BTCUSD", Kind = RiskFactorKind.Price, Level = 65536, Variance = 1e-8 }],
            Correlation = new double[,] { { 1 } },
            Instruments =
            [
                new Instrument { Name = "PERPETUAL", Type = InstrumentType.InversePerpetual, Underlying = 0, Currency = "BTC", Multiplier = 65536 },
                new Instrument { Name = "JUNE", Type = InstrumentType.InverseFuture, Underlying = 0, Currency = "BTC", Multiplier = 65536, YearsToExpiry = .45 },
            ],
            Accounts = ["trader"],
            Positions = new PositionTable([0, 0], [0, 1], [Perpetual, Future]),
            Policy = new MarginPolicy { Components = [s_grid] },
        };
        Requirement requirement = MarginCalculator.Calculate(set, new CpuBackend()).Accounts[0].Requirement!;
        Assert.Equal(.06284313098m, requirement.Components["grid"]);
        Assert.Equal((.06284313098m, .050274504784m), (requirement.Initial, requirement.Maintenance));
    }

    [Fact]
    public void Moves_are_even_steps_with_three_volatilities_and_extended_ones_with_volatility_up()
    {
        IReadOnlyList<GridMove> moves = GridMargin.Moves(s_grid with { ExtendedMoves = [-.64, 1.28], ExtendedDampening = 2 });
        Assert.Equal(9 * 3 + 2, moves.Count);
        Assert.Equal([-.16, -.12, -.08, -.04, 0, .04, .08, .12, .16], moves.Take(27).Select(move => move.Price).Distinct());
        Assert.Equal(new GridMove(-.64, VolatilityMove.Up, .5), moves[27]); // 2·0.16/0.64
        Assert.Equal(new GridMove(1.28, VolatilityMove.Up, .25), moves[28]);
    }

    [Theory]
    [InlineData(30, nameof(VolatilityMove.Up), 1.4)]
    [InlineData(7.5, nameof(VolatilityMove.Up), 1.8)] // (30/7.5)^½ = 2
    [InlineData(7.5, nameof(VolatilityMove.Down), .4)]
    [InlineData(480, nameof(VolatilityMove.Up), 1.2)] // (30/480)^¼ = ½
    [InlineData(.3, nameof(VolatilityMove.Down), 0)] // a day at least: 1 − 0.3·√30 is below 0
    [InlineData(7.5, nameof(VolatilityMove.Unchanged), 1)]
    public void Volatility_moves_by_a_power_of_the_days_to_expiry(double days, string move, double expected)
    {
        const double PowerTolerance = 1e-14; // an exponential and a logarithm of the kernels, each to two ulp
        ScenarioGrid grid = s_grid with { VolatilityUp = .4, VolatilityDown = .3, ShortPower = .5, LongPower = .25 };
        Assert.InRange(GridMargin.Volatility(grid, Enum.Parse<VolatilityMove>(move), 1, days / 365) - expected, -PowerTolerance, PowerTolerance);
    }

    [Fact]
    public void Volatility_moved_up_is_not_below_the_least()
    {
        ScenarioGrid grid = s_grid with { VolatilityUp = .5, MinimumVolatilityUp = .5 };
        Assert.Equal(.5, GridMargin.Volatility(grid, VolatilityMove.Up, .2, 30 / 365.0));
        Assert.Equal(.2, GridMargin.Volatility(grid, VolatilityMove.Unchanged, .2, 30 / 365.0));
    }

    [Fact]
    public void A_roll_shock_is_that_of_the_annualised_move_where_it_exceeds_the_least() =>
        Assert.Equal(.3m, GridMargin.RollShock(s_grid with { AnnualisedMove = .06 }, -10, .5));
}
