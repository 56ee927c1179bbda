using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>A set that is built in C# keeps to the rules of the files.</summary>
public sealed class SetValidationTests
{
    static readonly ClearingSet s_sound = new()
    {
        Settings = new RunSettings
        {
            AsOf = DateTimeOffset.UnixEpoch,
            Currency = "USD",
            Copula = new Copula(CopulaFamily.StudentT, 6),
            Fx = new Dictionary<string, FxRate> { ["EUR"] = new("EURUSD", Reciprocal: false) },
        },
        Factors =
        [
            new RiskFactor { Name = "GOLD", Kind = RiskFactorKind.Price, Level = 2000, Variance = 1e-4 },
            new RiskFactor { Name = "EURUSD", Kind = RiskFactorKind.Price, Level = 1.1, Variance = 2e-5 },
            new RiskFactor { Name = "VOL", Kind = RiskFactorKind.Volatility, Level = 1, Variance = 1e-3 },
        ],
        Correlation = new[,] { { 1, 0.2, -0.3 }, { 0.2, 1, 0 }, { -0.3, 0, 1 } },
        Instruments =
        [
            new Instrument { Name = "FUT", Type = InstrumentType.Future, Underlying = 0, Currency = "USD", YearsToExpiry = 0.5 },
            new Instrument { Name = "CALL", Type = InstrumentType.Option, Underlying = 0, Currency = "EUR", Strike = 2100, YearsToExpiry = 0.25, Volatility = 0.2, VolatilityFactor = 2 },
        ],
        Accounts = ["A", "B"],
        Positions = new PositionTable([0, 0, 1], [0, 1, 1], [10, -5, 2.5]),
    };

    public static TheoryData<string, string, ClearingSet> Breaches => new()
    {
        { "settings: Scenarios:", "at least 100 scenarios for confidence 0.99", With(s_sound.Settings with { Scenarios = 99 }) },
        { "settings: Scenarios:", "a whole number from 1 to 100000000", With(s_sound.Settings with { Scenarios = 0 }) },
        { "settings: Confidence:", "a confidence level from 0.5 to below 1", With(s_sound.Settings with { Confidence = 1 }) },
        { "settings: HorizonDays:", "a whole number of days from 0 to 250", With(s_sound.Settings with { HorizonDays = 251 }) },
        { "settings: TargetError:", "a relative error above 0 and below 1", With(s_sound.Settings with { TargetError = 1 }) },
        { "settings: MaxScenarios:", "at least the 10000 scenarios that a run", With(s_sound.Settings with { TargetError = 0.1m, MaxScenarios = 5000 }) },
        { "settings: Sampling:", "'philox' or 'sobol'", With(s_sound.Settings with { Sampling = (Sampling)7 }) },
        { "settings: Copula.DegreesOfFreedom:", "degrees of freedom greater than 2", With(s_sound.Settings with { Copula = new Copula(CopulaFamily.StudentT, 2) }) },
        { "settings: Currency:", "a name (it is empty)", With(s_sound.Settings with { Currency = "" }) },
        { "settings: Fx[EUR]:", "the name of a price factor", With(s_sound.Settings with { Fx = new Dictionary<string, FxRate> { ["EUR"] = new("VOL", false) } }) },
        { "set: Factors:", "at least one factor", s_sound with { Factors = [] } },
        { "set: Factors[1].Variance:", "a number of at least 0", Factor(1, f => f with { Variance = -1 }) },
        { "set: Factors[1].Level:", "a number greater than 0", Factor(1, f => f with { Level = double.NaN }) },
        { "set: Factors[1]:", "a name that none before it has", Factor(1, f => f with { Name = "GOLD" }) },
        { "set: Factors[1].Name:", "another name", Factor(1, f => f with { Name = "factor" }) },
        { "set: Factors[0].Beta:", "alpha + gamma/2 + beta less than 1", Factor(0, f => f with { Process = VolatilityProcess.Garch, Omega = 1e-6, Alpha = 0.2, Beta = 0.8 }) },
        { "set: Factors[0].Gamma:", "alpha + gamma of at least 0", Factor(0, f => f with { Process = VolatilityProcess.Gjr, Omega = 1e-6, Alpha = 0.1, Gamma = -0.2, Beta = 0.8 }) },
        { "set: Factors[0].Skew:", "a number between -1 and 1", Factor(0, f => f with { Marginal = MarginalFamily.SkewedT, DegreesOfFreedom = 5, Skew = 1 }) },
        { "set: Factors[0].Residuals:", "at least 2 residuals", Factor(0, f => f with { Marginal = MarginalFamily.Empirical }) },
        { "set: Factors[0].Residuals:", "values with a finite variance", Factor(0, f => f with { Marginal = MarginalFamily.Empirical, Residuals = [1, 1, 1] }) },
        { "set: Correlation:", "a row and a column for each of 3 factors", s_sound with { Correlation = new double[2, 2] } },
        { "set: Correlation[1, 0]:", "a symmetric matrix", s_sound with { Correlation = new[,] { { 1, 0.3, 0 }, { 0.2, 1, 0 }, { 0, 0, 1 } } } },
        { "set: Correlation:", "a positive semi-definite matrix", s_sound with { Correlation = new[,] { { 1, 0.9, -0.9 }, { 0.9, 1, 0.9 }, { -0.9, 0.9, 1 } } } },
        { "set: Instruments[0].Underlying:", "a price factor ('VOL' is a volatility factor)", Instrument(0, i => i with { Underlying = 2 }) },
        { "set: Instruments[0].Underlying:", "the index of a price factor, below 3", Instrument(0, i => i with { Underlying = -1 }) },
        { "set: Instruments[1].Strike:", "a number greater than 0", Instrument(1, i => i with { Strike = double.NaN }) },
        { "set: Instruments[1].YearsToExpiry:", "a number greater than 0", Instrument(1, i => i with { YearsToExpiry = 0 }) },
        { "set: Instruments[1].Currency:", "the run's currency 'USD' or a currency of settings.Fx", Instrument(1, i => i with { Currency = "JPY" }) },
        { "set: Instruments[0].Curve.Nodes:", "at least one node", Instrument(0, i => i with { Curve = new ZeroCurve("USD", []) }) },
        { "set: Instruments[0].Curve.Nodes[0].Days:", "a number greater than 0", Instrument(0, i => i with { Curve = new ZeroCurve("USD", [new CurveNode(0, 0.01)]) }) },
        { "set: Instruments[0].Curve.Nodes[1].Days:", "more days than the node before", Instrument(0, i => i with { Curve = new ZeroCurve("USD", [new CurveNode(30, 0.01), new CurveNode(30, 0.02)]) }) },
        { "set: Instruments[0].Curve.Nodes[0].Rate:", "a finite number", Instrument(0, i => i with { Curve = new ZeroCurve("USD", [new CurveNode(30, double.NaN)]) }) },
        { "set: Instruments[0].Curve.Nodes[0].RateFactor:", "a rate factor ('VOL' is a volatility factor)", Instrument(0, i => i with { Curve = new ZeroCurve("USD", [new CurveNode(30, 0.01, 2)]) }) },
        { "set: Instruments[0].Curve.Name:", "a name (it is empty)", Instrument(0, i => i with { Curve = new ZeroCurve("", [new CurveNode(30, 0.01)]) }) },
        { "set: Instruments[0].Rate:", "0, because the curve has the rate", Instrument(0, i => i with { Rate = 0.01, Curve = new ZeroCurve("USD", [new CurveNode(30, 0.01)]) }) },
        { "set: Instruments[0].Curve:", "none, because the type is 'spot'", Instrument(0, i => i with { Type = InstrumentType.Spot, Curve = new ZeroCurve("USD", [new CurveNode(30, 0.01)]) }) },
        { "set: Instruments[1].VolatilityFactor:", "-1, because the surface moves the volatility", Instrument(1, i => i with { Surface = Surface() }) },
        { "set: Instruments[0].Surface:", "none, because the type is 'future'", Instrument(0, i => i with { Surface = Surface() }) },
        { "set: Instruments[1].Surface.Name:", "a name (it is empty)", OnSurface(Surface() with { Name = "" }) },
        { "set: Instruments[1].Surface.Stickiness:", "a share from 0 to 1", OnSurface(Surface() with { Stickiness = 1.5 }) },
        { "set: Instruments[1].Surface.Coordinate:", "'delta' or 'moneyness'", OnSurface(Surface() with { Coordinate = (SurfaceCoordinate)7 }) },
        { "set: Instruments[1].Surface.TermPower:", "a number of at least 0", OnSurface(Surface() with { TermPower = -1 }) },
        { "set: Instruments[1].Surface.Smiles:", "at least one smile, because Stickiness is above 0", OnSurface(Surface() with { Stickiness = 1, Smiles = [] }) },
        { "set: Instruments[1].Surface.Smiles[0].Slice.LeastVariance:", "a number greater than 0", OnSurface(Surface() with { Smiles = [new Smile(1, new(-1, 0.1, 0, 0, 1))] }) },
        { "set: Instruments[1].Surface.Smiles[1].Years:", "more years than the smile before", OnSurface(Surface() with { Smiles = [Surface().Smiles[0], Surface().Smiles[0]] }) },
        { "set: Instruments[1].Surface.Smiles[1]:", "a smile without calendar arbitrage", OnSurface(Surface() with { Smiles = [Surface().Smiles[0], new Smile(1, new(0.01, 0, 0, 0, 0.1))] }, ArbitrageRule.Refuse) },
        { "set: Instruments[1].Surface.Pivots[0].Factor:", "a volatility factor ('GOLD' is a price factor)", OnSurface(Surface() with { Pivots = [new SurfacePivot(0, 30, 0.5)] }) },
        { "set: Instruments[1].Surface.Pivots[0].Days:", "a number greater than 0", OnSurface(Surface() with { Pivots = [new SurfacePivot(2, 0, 0.5)] }) },
        { "set: Instruments[1].Surface.Pivots[0].Coordinate:", "a share greater than 0, below 1", OnSurface(Surface() with { Pivots = [new SurfacePivot(2, 30, 1)] }) },
        { "set: Instruments[1].Surface.Pivots[1]:", "more days than the pivot before, or the same and a higher coordinate", OnSurface(Surface() with { Pivots = [new SurfacePivot(2, 30, 0.5), new SurfacePivot(2, 30, 0.5)] }) },
        { "set: Instruments[1].Surface.Pivots[1].Days:", "the days of the other pivots", OnSurface(Surface() with { TermPower = 0.5, Pivots = [new SurfacePivot(2, 30, 0.5), new SurfacePivot(2, 60, 0.5)] }) },
        { "set: Accounts[1]:", "a name that none before it has", s_sound with { Accounts = ["A", "A"] } },
        { "set: Positions:", "columns of one length", s_sound with { Positions = new PositionTable([0], [0, 1], [1, 2]) } },
        { "set: Positions:", "at least one position", s_sound with { Positions = new PositionTable([], [], []) } },
        { "set: Positions.Account[0]:", "the index of an account, below 2", s_sound with { Positions = new PositionTable([2], [0], [1]) } },
        { "set: Positions.Quantity[0]:", "a finite number", s_sound with { Positions = new PositionTable([0], [0], [double.PositiveInfinity]) } },
        { "set: AccountTerms:", "none, or one for each of 2 accounts", s_sound with { AccountTerms = [Terms("A", "M")] } },
        { "set: AccountTerms[1]:", "the member, type and mode", s_sound with { AccountTerms = [Terms("N", "M"), Terms("N", "OTHER")] } },
        { "set: Collateral[0].Haircut:", "a share from 0 to 1", s_sound with { Collateral = [new CollateralHolding(0, -1, "EUR", 1, 1.5)] } },
        { "set: Liquidity.Rows[0].AverageDailyVolume:", "a number greater than 0", s_sound with { Liquidity = new LiquidityTable([new LiquidityTerms { HalfSpread = 0, AverageDailyVolume = 0 }], [0, 0]) } },
        { "set: Limits[0].Name:", "an account of positions.csv or accounts.csv", s_sound with { Limits = [new MarginLimit(LimitScope.Account, "C", LimitMeasure.Margin, LimitKind.Absolute, 1)] } },
        { "set: Limits[0].Name:", "a clearing member", s_sound with { Limits = [new MarginLimit(LimitScope.Member, "*", LimitMeasure.Margin, LimitKind.Absolute, 1)] } },
        { "set: Limits[0].Threshold:", "a number of at least 0", s_sound with { Limits = [new MarginLimit(LimitScope.Account, "*", LimitMeasure.Margin, LimitKind.Change, -1)] } },
        { "set: Limits[0]:", "a measure of accounts", s_sound with { Limits = [new MarginLimit(LimitScope.Account, "*", LimitMeasure.Call, LimitKind.Absolute, 1)] } },
        { "set: Limits[1].Name:", "a name that no limit before it", s_sound with { Limits = [new MarginLimit(LimitScope.Account, "A", LimitMeasure.Value, LimitKind.Absolute, 1), new MarginLimit(LimitScope.Account, "A", LimitMeasure.Value, LimitKind.Absolute, 2)] } },
        { "set: Stress.Moves 'CRASH':", "the index of a factor", s_sound with { Stress = new StressSet { Moves = [new StressMove("CRASH", [new FactorShock(3, -0.1)])] } } },
    };

    [Fact]
    public void A_sound_set_passes_and_has_margins()
    {
        s_sound.Validate();
        Assert.Equal(2, MarginCalculator.Calculate(s_sound, new GpuMargin.Backends.CpuBackend(1)).Accounts.Count);
    }

    [Theory]
    [MemberData(nameof(Breaches))]
    public void A_breach_names_the_property_and_what_was_expected(string place, string expected, ClearingSet set)
    {
        Assert.Contains(
            Assert.Throws<RefusedInputException>(set.Validate).Faults.Select(fault => fault.ToString()),
            fault => fault.StartsWith(place, StringComparison.Ordinal) && fault.Contains($"expected {expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fault_is_listed_and_the_calculation_refuses_the_set()
    {
        ClearingSet set = Factor(0, f => f with { Level = 0, Variance = -1 }) with { Accounts = ["A"] };
        Assert.Equal(3, Assert.Throws<RefusedInputException>(() => MarginCalculator.Calculate(set, new GpuMargin.Backends.CpuBackend(1))).Faults.Count);
    }

    [Fact]
    public void A_copy_of_a_set_that_was_read_is_checked_where_it_differs()
    {
        ClearingSet read = ClearingSetFiles.Read(Path.Combine(Repository.Root, "samples", "dow30"));
        read.Validate();
        double[,] wrong = (double[,])read.Correlation.Clone();
        wrong[0, 1] = 2;
        Assert.Throws<RefusedInputException>((read with { Correlation = wrong }).Validate);
        Assert.Throws<RefusedInputException>((read with { Settings = read.Settings with { HorizonDays = -1 } }).Validate);
        Assert.Throws<RefusedInputException>((read with { Positions = new PositionTable([0], [-1], [1]) }).Validate);
        // Without what its reader noted, everything is checked, and holds.
        (read with { Read = null }).Validate();
    }

    static ClearingSet With(RunSettings settings) => s_sound with { Settings = settings };

    static ClearingSet Factor(int index, Func<RiskFactor, RiskFactor> change) =>
        s_sound with { Factors = [.. s_sound.Factors.Select((factor, i) => i == index ? change(factor) : factor)] };

    static ClearingSet Instrument(int index, Func<Instrument, Instrument> change) =>
        s_sound with { Instruments = [.. s_sound.Instruments.Select((instrument, i) => i == index ? change(instrument) : instrument)] };

    static VolatilitySurface Surface() => new("GOLD", 0, SurfaceCoordinate.Delta, [new Smile(0.25, new(0.02, 0.1, -0.3, 0, 0.1))], [new SurfacePivot(2, 30, 0.5)]);

    static ClearingSet OnSurface(VolatilitySurface surface, ArbitrageRule rule = ArbitrageRule.Warn) =>
        Instrument(1, i => i with { VolatilityFactor = -1, Surface = surface }) is var set ? set with { Settings = set.Settings with { Arbitrage = rule } } : s_sound;

    static AccountTerms Terms(string nettingSet, string member) => new() { Member = member, Type = AccountType.House, NettingSet = nettingSet };
}
