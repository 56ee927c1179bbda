using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin.Components;
using GpuMargin.Tests.Backends;

namespace GpuMargin.Tests.Margin;

/// <summary>A varied clearing set under a policy that has every component; members, isolated accounts, a shared netting set and collateral.</summary>
static class PolicySet
{
    internal static MarginPolicy EveryComponent { get; } = new()
    {
        Base = new BaseMargin { MarginPeriodOfRisk = new Dictionary<string, int> { ["slow"] = 5 } },
        Components =
        [
            new DependenceAddOn(),
            new ConcentrationAddOn(),
            new StressedObservations(),
            new ProcyclicalityBuffer(),
            new LongRunFloor(),
            new OffsetLimit(0.8),
            new LiquidityCost { ConcentrationThreshold = 0.1 },
            new SamplingError(),
            new ScenarioGrid
            {
                Range = 0.16,
                VolatilityUp = 0.45,
                VolatilityDown = 0.3,
                MinimumVolatilityUp = 0.5,
                ExtendedMoves = [-0.66, -0.33, 0.5, 1, 2],
                AnnualisedMove = 0.05,
                MinimumAnnualisedMove = 0.01,
                GainsOffset = 0.25,
            },
            new ShortOptionMinimum(new Dictionary<string, double> { ["slow"] = 40, ["default"] = 7.5 }),
        ],
        MinimumMargin = 10,
        RoundingUnit = 0.05m,
        Levels = new MarginLevels { Initial = 1.25, Maintenance = 0.9 },
    };

    internal static ClearingSet Build(MarginPolicy? policy, VariedSet? shape = null)
    {
        ClearingSet set = (shape ?? new VariedSet { Factors = 10 }).Build(Precision.Double);
        int[] prices = [.. Enumerable.Range(0, set.Factors.Count).Where(f => set.Factors[f].Kind == RiskFactorKind.Price)];
        return set with
        {
            Policy = policy,
            Instruments = [.. set.Instruments.Select((instrument, i) => instrument with { ProductClass = (i % 3) switch { 0 => "slow", 1 => "fast", _ => "default" } })],
            AccountTerms =
            [
                .. set.Accounts.Select((account, a) => new AccountTerms
                {
                    Member = a < 4 ? "M" : "N",
                    Type = a % 2 == 0 ? AccountType.House : AccountType.Client,
                    NettingSet = a is 0 or 2 ? "shared" : account,
                    Mode = a is 1 or 3 ? MarginMode.Isolated : MarginMode.Cross,
                }),
            ],
            Collateral =
            [
                new CollateralHolding(0, -1, "USD", 1000, 0),
                new CollateralHolding(0, prices[0], "USD", 3, 0.2),
                new CollateralHolding(1, -1, "EUR", 500, 0.05),
                new CollateralHolding(3, -1, "JPY", 100_000, 0.1),
                new CollateralHolding(6, prices[1], "USD", 1e6, 0.1),
            ],
            Liquidity = new LiquidityTable(
                [
                    .. prices.Select(f => new LiquidityTerms { Underlying = f, HalfSpread = 0.001, AverageDailyVolume = 100, Impact = 0.02 }),
                    new LiquidityTerms { Instrument = 0, HalfSpread = 0.01, AverageDailyVolume = 5, Impact = 0.1 },
                ],
                [.. set.Instruments.Select((instrument, i) => i == 0 ? prices.Length : Array.IndexOf(prices, instrument.Underlying))]),
            Stress = new StressSet
            {
                Moves = [.. prices.Select(f => new StressMove($"fall {f}", [new FactorShock(f, -0.3), new FactorShock(1, 0.4)]))],
            },
        };
    }
}
