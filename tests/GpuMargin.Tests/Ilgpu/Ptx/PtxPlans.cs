using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;
using GpuMargin.Scenarios;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Revaluation.American;
using GpuMargin.Tests.Revaluation.Surfaces;

namespace GpuMargin.Tests.Ilgpu.Ptx;

/// <summary>Small runs that between them execute all of every kernel.</summary>
static class PtxPlans
{
    static readonly VariedSet s_smallest = new() { Factors = 2, Instruments = 3, Accounts = 1, Positions = 3, Horizon = 1, Copula = VariedSet.Gaussian };

    static readonly Dictionary<string, (VariedSet Set, Func<ValuationRun, ValuationRun> Change)> s_plans = new()
    {
        ["every kind of instrument, two days"] = (new() { OnFutures = true, Accounts = 9, Scenarios = 100 }, plan => plan),
        ["nine factors, Gaussian copula"] = (new() { Factors = 9, Instruments = 14, Copula = VariedSet.Gaussian, Scenarios = 77 }, plan => plan),
        ["nine factors, Sobol points, three days"] = (new() { Factors = 9, Instruments = 14, Horizon = 3, Sampling = Sampling.Sobol, Scenarios = 77 }, plan => plan),
        ["Sobol points by importance"] = (new() { Instruments = 14, Sampling = Sampling.Sobol, Importance = Importance.On, Scenarios = 70 }, plan => plan),
        ["dimensions without direction numbers"] = (new() { Instruments = 14, Horizon = 3, Sampling = Sampling.Sobol, Scenarios = 70 }, WithoutDirections),
        ["importance, five days, aged"] = (new() { Instruments = 14, Horizon = 5, Importance = Importance.On, Ageing = Ageing.Horizon, Scenarios = 70 }, plan => plan),
        ["an additive price"] = (new() { Instruments = 84, Positions = 60, Additive = true, Scenarios = 65 }, plan => plan),
        ["an additive price, curves"] = (new() { OnFutures = true, Factors = 8, Instruments = 168, Positions = 90, Additive = true, Curves = true, Scenarios = 65 }, plan => plan),
        ["deep options"] = (new() { Instruments = 84, Positions = 60, Depth = 1e6, Scenarios = 65 }, plan => plan),
        ["American options"] = (s_smallest, plan => MarginCalculator.Plan(American(plan.Precision))),
        ["American options in double precision"] = (s_smallest, plan => MarginCalculator.Plan(Still(American(plan.Precision)))),
        ["European options in double precision"] = (s_smallest, plan => MarginCalculator.Plan(Still(European(American(plan.Precision))))),
        ["American options with cash dividends"] = (s_smallest, plan => WithTwoRanges(MarginCalculator.Plan(DividendOptions(plan.Precision)))),
        ["American options with cash dividends in double precision"] = (s_smallest, plan => WithTwoRanges(MarginCalculator.Plan(Still(DividendOptions(plan.Precision))))),
        ["cash dividends"] = (s_smallest, plan => MarginCalculator.Plan(DividendSet.Of(plan.Precision, Ageing.Horizon, scenarios: 70))),
        ["surfaces"] = (new() { Factors = 20, Instruments = 84, Positions = 60, Surfaces = true, Additive = true, OnFutures = true, Curves = true, Scenarios = 65 }, plan => plan),
        ["surfaces, deep options"] = (new() { Factors = 20, Instruments = 84, Positions = 60, Surfaces = true, Depth = 1e6, Scenarios = 65 }, plan => plan),
        ["surfaces, American options"] = (new() { Factors = 20, Instruments = 84, Positions = 60, Surfaces = true, American = true, OnFutures = true, Scenarios = 65 }, plan => plan),
        ["surfaces, deep American options"] = (new() { Factors = 20, Instruments = 84, Positions = 60, Surfaces = true, American = true, Depth = 1e6, Scenarios = 65 }, plan => plan),
        ["surfaces, cash dividends"] = (s_smallest, plan => MarginCalculator.Plan(Sticky(DividendSet.Of(plan.Precision, Ageing.Horizon, scenarios: 70)))),
        ["no horizon"] = (new() { Instruments = 14, Horizon = 0, Scenarios = 65 }, plan => plan),
        ["more instruments than a block"] = (new() { Factors = 4, Instruments = 1100, Accounts = 3, Positions = 60, Scenarios = 64 }, plan => plan),
        ["leaves by SHA-256"] = (new() { Instruments = 14, Accounts = 70, Scenarios = 65 }, plan => plan with { Fingerprint = Fingerprint.Sha256Leaves }),
        ["jumps and remainders"] = (new() { Instruments = 14, Accounts = 70, Scenarios = 65 }, WithJumpsAndRemainders),
        ["read on two days, expired on the way"] = (new() { Instruments = 28, Horizon = 4, Ageing = Ageing.Horizon, Scenarios = 70 }, ReadTwice),
        ["a later stage"] = (new() { Instruments = 14, Scenarios = 200 }, plan => plan.Range(128, 72)),
        ["ties"] = (s_smallest with { Accounts = 6, Scenarios = 2_600 }, plan => plan with { TailLength = 50 }),
        ["a tail longer than shared memory sorts"] = (s_smallest with { Accounts = 6, Scenarios = 9_600 }, WithLongTails),
    };

    public static IEnumerable<string> Names => s_plans.Keys;

    public static ValuationRun Of(string name, Precision precision)
    {
        (VariedSet set, Func<ValuationRun, ValuationRun> change) = s_plans[name];
        return change(MarginCalculator.Plan(set.Build(precision)));
    }

    /// <summary>Scenarios of no finite P&amp;L, one for each of the values that a thread of the scan of tails loads at once.</summary>
    public static ValuationRun OutOfRange(Precision precision)
    {
        ValuationRun plan = MarginCalculator.Plan((s_smallest with { Scenarios = 1_024 }).Build(precision));
        return plan with { Source = Model(plan) with { Jumps = [new FactorJump(0, Model(plan).Days, double.PositiveInfinity, [10, 300, 600, 900])] } };
    }

    static ScenarioPlan Model(ValuationRun plan) => (ScenarioPlan)plan.Source;

    static ValuationRun WithoutDirections(ValuationRun plan) => plan with
    {
        Source = Model(plan) with { Sobol = Model(plan).Sobol! with { Directions = Model(plan).Sobol!.Directions[..SobolPoint.Bits] } },
    };

    // The second of the two accounts that stay is empty: its losses are ordered by scenario alone.
    static ValuationRun WithLongTails(ValuationRun plan) => plan with { Positions = plan.Positions.Select([0, 5]), TailLength = 4_200 };

    // What is read on the second day stands behind what is read at the horizon, delta-one instruments again before options.
    static ValuationRun ReadTwice(ValuationRun plan)
    {
        ClearingSet set = new VariedSet { Instruments = 28, Horizon = 4, Ageing = Ageing.Horizon, Scenarios = 70 }.Build(plan.Precision);
        int n = set.Instruments.Count;
        InstrumentPlan twice = InstrumentPlanner.Plan(
            set.Settings, set.Factors, new ReadInstruments([.. set.Instruments, .. set.Instruments], [.. Enumerable.Repeat(4, n), .. Enumerable.Repeat(2, n)], n, 4));
        PositionTable second = set.Positions with { Instrument = [.. set.Positions.Instrument.Select(instrument => n + instrument)] };
        return plan with { Instruments = twice, Positions = plan.Positions.With(PositionRows.From(second, plan.Positions.Keys, twice), RemainderRows.None) };
    }

    static ClearingSet American(Precision precision)
    {
        Instrument onFuture = AmericanSet.Put with { Name = "put on a future", Type = InstrumentType.FutureOption, DividendYield = 0, RateFactor = 2 };
        return AmericanSet.Set(precision, Ageing.Horizon, [.. AmericanSet.Varied, onFuture]);
    }

    static ClearingSet European(ClearingSet set) => set with { Instruments = [.. set.Instruments.Select(option => option with { Exercise = ExerciseStyle.European })] };

    static ClearingSet DividendOptions(Precision precision) => DividendOptionSet.Of(precision, Ageing.Horizon, scenarios: 70);

    // The forward less its dividends moves volatilities.
    static ClearingSet Sticky(ClearingSet set) => set with
    {
        Instruments =
        [
            .. set.Instruments.Select(instrument => instrument.Type == InstrumentType.Option ? instrument with { VolatilityFactor = -1, Surface = SurfaceSet.Surface(.5) } : instrument),
        ],
    };

    // The price hardly moves, so that either precision would lose the P&L.
    static ClearingSet Still(ClearingSet set) => set with { Factors = [set.Factors[0] with { Variance = 1e-18 }, .. set.Factors.Skip(1)] };

    // Surfaces of ex-dates rarely need a second range of volatilities; here every other option has its first one twice.
    static ValuationRun WithTwoRanges(ValuationRun plan)
    {
        AmericanOption?[] options = plan.Instruments.American;
        for (int i = 0; i < options.Length; i += 2)
        {
            options[i] = options[i] is { ExDates: [var first] } option ? option with { ExDates = [first, first] } : options[i];
        }

        return plan;
    }

    static ValuationRun WithJumpsAndRemainders(ValuationRun plan) => plan with
    {
        Source = Model(plan) with { Jumps = [new FactorJump(0, 1, -0.5, [3, 17, 64]), new FactorJump(3, Model(plan).Days, 0.25, [17])] },
        Positions = plan.Positions with { Remainders = new RemainderRows([1, 2], [0, 1, 3], [0, 3, 69]) },
        FingerprintRows = 66,
    };
}
