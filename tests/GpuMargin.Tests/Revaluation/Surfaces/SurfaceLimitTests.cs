using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Revaluation.Surfaces;

/// <summary>Surfaces that are a volatility factor, or nothing at all.</summary>
public sealed class SurfaceLimitTests
{
    static readonly SurfacePivot s_alone = new(SurfaceSet.First, 30, double.NaN);

    static readonly SurfacePivot[] s_parallel = [.. from days in (double[])[7, 90] from delta in (double[])[.25, .75] select new SurfacePivot(SurfaceSet.First, days, delta)];

    // Flat in k: a total variance that no move of the forward changes.
    static readonly Smile[] s_flat = [new(30 / 365.0, new(.01, 0, 0, 0, .1)), new(180 / 365.0, new(.06, 0, 0, 0, .1))];

    public static TheoryData<string, Precision> Limits()
    {
        TheoryData<string, Precision> data = [];
        foreach (string name in s_limits.Keys)
        {
            data.Add(name, Precision.Double);
            data.Add(name, Precision.Mixed);
        }

        return data;
    }

    // The last two take the way of surfaces that are no factor's.
    static readonly Dictionary<string, VolatilitySurface> s_limits = new()
    {
        ["one pivot"] = SurfaceSet.Surface(0, s_alone),
        ["four pivots of one factor"] = SurfaceSet.Surface(0, s_parallel),
        ["a term power of 0"] = SurfaceSet.Surface(0, s_alone) with { TermPower = 0 },
        ["one pivot, a sticky flat smile"] = SurfaceSet.Surface(1, s_alone) with { Smiles = s_flat },
        ["four pivots of one factor, a sticky flat smile"] = SurfaceSet.Surface(.5, s_parallel) with { Smiles = s_flat },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_parallel_surface_has_the_bits_of_a_volatility_factor(string name, Precision precision)
    {
        VolatilitySurface surface = s_limits[name];
        AssertSame(
            precision,
            [.. SurfaceSet.Kinds.Select(option => option with { VolatilityFactor = SurfaceSet.First })],
            [.. SurfaceSet.Kinds.Select(option => option with { Surface = surface })]);
        if (surface.Stickiness == 0)
        {
            AssertSame(
                precision, [SurfaceSet.OnUnits with { VolatilityFactor = SurfaceSet.First }], [SurfaceSet.OnUnits with { Surface = surface with { Smiles = [] } }]);
        }
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void A_surface_without_pivots_and_stickiness_moves_nothing(Precision precision) =>
        AssertSame(precision, SurfaceSet.Kinds, [.. SurfaceSet.Kinds.Select(option => option with { Surface = SurfaceSet.Surface(0) })]);

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Mixed)]
    public void Without_shocks_nothing_changes(Precision precision)
    {
        SurfacePivot[] pivots = [new(SurfaceSet.First, 7, .25), new(SurfaceSet.Second, 7, .75), new(SurfaceSet.Second, 90, .25), new(SurfaceSet.First, 90, .75)];
        Instrument[] options = [.. SurfaceSet.Kinds.Select(option => option with { Surface = SurfaceSet.Surface(1, pivots) })];
        ClearingSet set = SurfaceSet.Of(precision, options);
        set = set with { Settings = set.Settings with { HorizonDays = 0 } };
        Assert.All(Visited.ProfitAndLoss(new CpuBackend(), MarginCalculator.Plan(ProfitAndLossOracleTests.OneAccountEach(set))).Cast<double>(), change => Assert.InRange(change, -1e-4, 1e-4));
        InstrumentPlan still = InstrumentPlanner.Plan(set.Settings, set.Factors, [.. SurfaceSet.Kinds]), moving = InstrumentPlanner.Plan(set.Settings, set.Factors, options);
        for (int place = 0; place < options.Length; place++)
        {
            Assert.NotNull(moving.Surfaces[place]);
            Assert.Equal(0, MovedInstruments.VolatilityShock(moving, place, [0, 0, 0, 0, 0]));
            Assert.Equal(MovedInstruments.UnderShocks(still, place, [0, 0, 0, 0, 0]), MovedInstruments.UnderShocks(moving, place, [0, 0, 0, 0, 0]));
        }

        AssertSame(set.Settings, [.. SurfaceSet.Kinds.Select(option => option with { VolatilityFactor = SurfaceSet.First })], options);
    }

    // The grid moves prices by a share and volatilities besides.
    [Theory]
    [InlineData(0)]
    [InlineData(.5)]
    [InlineData(1)]
    public void A_move_of_the_price_moves_the_volatility_along_the_smile(double stickiness)
    {
        VolatilitySurface surface = SurfaceSet.Surface(stickiness);
        ClearingSet set = SurfaceSet.Of(Precision.Double, SurfaceSet.Option with { Surface = surface });
        InstrumentPlan moving = InstrumentPlanner.Plan(set.Settings, set.Factors, set.Instruments), still = InstrumentPlanner.Plan(set.Settings, set.Factors, [SurfaceSet.Option]);
        double k = Math.Log(105 / (100 * Math.Exp(.03 * SurfaceSet.Option.YearsToExpiry)));
        double growth = surface.Volatility(k - (stickiness * Math.Log(.85)), SurfaceSet.Option.YearsToExpiry) / surface.Volatility(k, SurfaceSet.Option.YearsToExpiry);
        Assert.Equal(stickiness == 0, growth == 1);
        Assert.Equal(MovedInstruments.UnderReturn(still, 0, -.15, .4 * growth, false), MovedInstruments.UnderReturn(moving, 0, -.15, .4, false), 1e-13);
    }

    static void AssertSame(Precision precision, Instrument[] expected, Instrument[] found) => AssertSame(SurfaceSet.Of(precision).Settings, expected, found);

    static void AssertSame(RunSettings settings, Instrument[] expected, Instrument[] found) => Assert.Equal(Run(settings, expected), Run(settings, found));

    static IEnumerable<double> Run(RunSettings settings, Instrument[] instruments) => Visited.ProfitAndLoss(
        new CpuBackend(), MarginCalculator.Plan(ProfitAndLossOracleTests.OneAccountEach(SurfaceSet.Of(settings.Precision, instruments) with { Settings = settings }))).Cast<double>();
}
