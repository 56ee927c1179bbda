using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Scenarios;

namespace GpuMargin.Tests.Margin.Components;

/// <summary>Long 2 A at 100, short 1 B at 50, long 10 C at 10, in four scenarios that are written down; with a policy that has every component.</summary>
/// <remarks>
/// <para>P&amp;L of the book 2A − B + 10C, at confidence 50 % the mean of the two worst, at 75 % the worst:</para>
/// <code>
/// estimated  −35 −20  24   3   ES 50 % 27.5, ES 75 % 35
/// perfect    −36 −18  18  36   ES 75 % 36
/// zero        −2 −23  −9   6   ES 75 % 23
/// long-run   1.2 times the estimated, ES 50 % 33
/// </code>
/// </remarks>
static class ThreePositionBook
{
    const double HighVariance = 4; // of A in the long run: how the models are told apart

    static readonly double[][] s_estimated = [[-10, 5, -1], [-4, -8, -2], [6, -2, 1], [2, 1, 0]];

    static readonly double[][] s_perfect = [[-10, -4, -2], [-5, -2, -1], [5, 2, 1], [10, 4, 2]];

    static readonly double[][] s_zero = [[-10, -8, 1], [-4, 5, -1], [6, 1, -2], [2, -2, 0]];

    public static MarginPolicy EveryComponent { get; } = new()
    {
        Components =
        [
            new DependenceAddOn { Weight = 0.25, Confidence = 0.5m, ExtremeConfidence = 0.75m },
            new ConcentrationAddOn { Weight = 0.25, Confidence = 0.5m, ExtremeConfidence = 0.75m },
            new StressedObservations { Weight = 0.25 },
            new ProcyclicalityBuffer { Rate = 0.25 },
            new LongRunFloor(),
            new OffsetLimit(0.8),
            new LiquidityCost { Impact = ImpactLaw.Linear, ConcentrationThreshold = 0.5 },
            new ScenarioGrid { Range = 0.1, Steps = 1, GainsOffset = 0.5 },
        ],
        RoundingUnit = 10,
        Levels = new MarginLevels { Initial = 1, Maintenance = 0.8 },
    };

    public static ClearingSet Set(MarginPolicy? policy) => new()
    {
        Settings = new RunSettings
        {
            AsOf = new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero),
            Currency = "USD",
            Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity),
            Scenarios = 4,
            HorizonDays = 1,
            Confidence = 0.5m,
        },
        Factors = [Price("A", 100, 4e-4), Price("B", 50, 1e-4), Price("C", 10, 1e-2)],
        Correlation = new[,] { { 1, 0.5, 0.5 }, { 0.5, 1, 0.5 }, { 0.5, 0.5, 1 } },
        Instruments = [Spot(0, "stocks"), Spot(1, "bonds"), Spot(2, "stocks")],
        Accounts = ["book"],
        Positions = new PositionTable([0, 0, 0], [0, 1, 2], [2, -1, 10]),
        Policy = policy,
        AccountTerms = [new AccountTerms { Member = "M", Type = AccountType.Client, NettingSet = "book" }],
        Collateral = [new CollateralHolding(0, -1, "USD", 50, 0)],
        Liquidity = new LiquidityTable(
            [
                new LiquidityTerms { Underlying = 0, HalfSpread = 0.01, AverageDailyVolume = 1, Impact = 0.1 },
                new LiquidityTerms { Underlying = 1, HalfSpread = 0.02, AverageDailyVolume = 1000 },
                new LiquidityTerms { Instrument = 2, HalfSpread = 0.005, AverageDailyVolume = 1000, Impact = 0.1 },
            ],
            [0, 1, 2]),
        Stress = new StressSet
        {
            Moves =
            [
                new StressMove("A falls by 20 %, C rises by 10 %", [new FactorShock(0, Math.Log(0.8)), new FactorShock(2, Math.Log(1.1))]),
                new StressMove("B rises by 20 %", [new FactorShock(1, Math.Log(1.2))]),
            ],
        },
    };

    public static ListedBackend Backend { get; } = new(Table);

    static double[][] Table(ScenarioPlan plan) =>
        plan.Variance[0] == HighVariance ? [.. s_estimated.Select(row => row.Select(x => 1.2 * x).ToArray())]
        : plan.CorrelationFactor is [1, 1, 0, 1, 0, 0] ? s_perfect
        : plan.CorrelationFactor is [1, 0, 1, 0, 0, 1] ? s_zero
        : s_estimated;

    static RiskFactor Price(string name, double level, double variance) =>
        new() { Name = name, Kind = RiskFactorKind.Price, Level = level, Variance = variance, GivenLongRunVariance = name == "A" ? HighVariance : variance };

    static Instrument Spot(int factor, string productClass) =>
        new() { Name = $"S{factor}", Type = InstrumentType.Spot, Underlying = factor, Currency = "USD", ProductClass = productClass };
}
