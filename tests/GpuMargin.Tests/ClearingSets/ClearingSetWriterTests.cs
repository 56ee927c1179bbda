using System.Globalization;
using System.Text.Json;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

public sealed class ClearingSetWriterTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("gpumargin-").FullName;

    string Target => Path.Combine(root, "set");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Every_file_has_the_columns_and_words_of_the_contract()
    {
        ClearingSetFiles.Write(EveryKind(), Target);

        Assert.Equal(
            ["correlation.csv", "factors.csv", "instruments.csv", "positions.csv", "residuals.csv", "run.json"],
            Directory.GetFiles(Target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        AssertText("factors.csv",
            """
            factor,kind,level,process,mean,variance,omega,alpha,gamma,beta,marginal,nu,skew
            BTC,price,66000.1,gjr,0.0001,0.0009,1E-05,0.05,0.02,0.9,skewed-t,4.5,-0.1
            "vol, BTC",volatility,1,constant,0,0.0016,,,,,empirical,,
            USD.rate,rate,0.03,constant,0,1E-08,,,,,normal,,
            EURUSD,price,1.1,garch,0,0.0001,1E-06,0.05,,0.9,student-t,6,
            """);
        AssertText("correlation.csv",
            """
            factor,BTC,"vol, BTC",USD.rate,EURUSD
            BTC,1,0.1,0.2,0.30000000000000004
            "vol, BTC",0.1,1,0,0
            USD.rate,0.2,0,1,0
            EURUSD,0.30000000000000004,0,0,1
            """);
        AssertText("residuals.csv", "\"vol, BTC\"\n-1.5\n0.25\n2\n");
        AssertText("instruments.csv",
            """
            instrument,type,underlying,currency,multiplier,strike,expiry,right,volatility,volatility_factor,rate,dividend_yield,rate_factor
            A,spot,BTC,USD,1,,,,,,0,0,
            B,future,BTC,USD,10,,2026-01-12T16:00:01Z,,,,0.01,0.02,USD.rate
            C,perpetual,BTC,USD,1,,,,,,0,0,
            D,option,BTC,USD,1,70000,2027-01-02T16:00:00Z,put,0.6,"vol, BTC",0.03,0,
            E,inverse-future,BTC,BTC,100,,2026-01-12T16:00:01Z,,,,0,0,
            F,inverse-perpetual,BTC,BTC,100,,,,,,0,0,
            "G ""x"" y",inverse-option,BTC,BTC,1,70000,2026-02-01T16:00:00Z,call,0,,0,0,
            H,future-option,BTC,USD,1000,70000,2027-01-02T16:00:00Z,put,0.6,"vol, BTC",0.03,,USD.rate
            """);
        AssertText("positions.csv",
            """
            account,instrument,quantity
            Ü,"G ""x"" y",-0.1
            b,A,1E+22
            Ü,A,0
            """);
    }

    [Fact]
    public void Run_settings_are_the_keys_of_the_contract()
    {
        ClearingSetFiles.Write(EveryKind(), Target);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Target, "run.json")));
        var run = document.RootElement;
        Assert.Equal(
            ["asOf", "currency", "fx", "copula", "scenarios", "seed", "horizonDays", "confidence", "sampling", "importance", "precision", "ageing", "calendar", "targetError", "maxScenarios"],
            run.EnumerateObject().Select(property => property.Name));
        Assert.Equal("2026-01-02T16:00:00Z", run.GetProperty("asOf").GetString());
        Assert.Equal("USD", run.GetProperty("currency").GetString());
        Assert.Equal("EURUSD", run.GetProperty("fx").GetProperty("EUR").GetString());
        Assert.Equal("1/BTC", run.GetProperty("fx").GetProperty("XXX").GetString());
        Assert.Equal("student-t", run.GetProperty("copula").GetProperty("family").GetString());
        Assert.Equal("6.1", run.GetProperty("copula").GetProperty("nu").GetRawText());
        Assert.Equal(123, run.GetProperty("scenarios").GetInt32());
        Assert.Equal(ulong.MaxValue, run.GetProperty("seed").GetUInt64());
        Assert.Equal(3, run.GetProperty("horizonDays").GetInt32());
        Assert.Equal("0.975", run.GetProperty("confidence").GetRawText());
        Assert.Equal("sobol", run.GetProperty("sampling").GetString());
        Assert.Equal("off", run.GetProperty("importance").GetString());
        Assert.Equal("double", run.GetProperty("precision").GetString());
        Assert.Equal("horizon", run.GetProperty("ageing").GetString());
        Assert.Equal(["2026-04-03"], run.GetProperty("calendar").GetProperty("holidays").EnumerateArray().Select(date => date.GetString()));
        Assert.Equal("0.025", run.GetProperty("targetError").GetRawText());
        Assert.Equal(5000, run.GetProperty("maxScenarios").GetInt32());
    }

    [Fact]
    public void A_gaussian_copula_has_no_degrees_of_freedom_and_one_factor_no_correlation_file()
    {
        var set = EveryKind();
        ClearingSetFiles.Write(
            set with
            {
                Settings = set.Settings with { Copula = new Copula(CopulaFamily.Gaussian, double.PositiveInfinity), Fx = new Dictionary<string, FxRate>() },
                Factors = [set.Factors[0]],
                Correlation = new double[,] { { 1 } },
                Instruments = [set.Instruments[0]],
                Positions = new PositionTable([0], [0], [1]),
            },
            Target);
        Assert.Equal(
            ["factors.csv", "instruments.csv", "positions.csv", "run.json"],
            Directory.GetFiles(Target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Target, "run.json")));
        Assert.Equal("""{ "family": "gaussian" }""", document.RootElement.GetProperty("copula").GetRawText().ReplaceLineEndings("").Replace("  ", " ", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal));
        Assert.False(document.RootElement.TryGetProperty("fx", out _));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    public void The_bytes_do_not_depend_on_the_culture(string culture)
    {
        ClearingSetFiles.Write(EveryKind(), Target);
        string other = Path.Combine(root, "other");
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            ClearingSetFiles.Write(EveryKind(), other);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        foreach (string file in Directory.GetFiles(Target))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(other, Path.GetFileName(file))));
        }
    }

    [Fact]
    public void A_curve_is_written_once_and_reads_back()
    {
        ClearingSet set = EveryKind();
        ZeroCurve curve = new("USD, swaps", [new CurveNode(0.5, -0.001), new CurveNode(30, 0.025, 2), new CurveNode(365, 0.030000000000000002, 2)]);
        set = set with
        {
            Instruments = [.. set.Instruments.Take(4).Select(instrument => instrument.Name is "B" or "D" ? instrument with { Rate = 0, RateFactor = -1, Curve = curve } : instrument)],
            Accounts = ["b"],
            Positions = new PositionTable([0], [1], [1]),
        };
        ClearingSetFiles.Write(set, Target);
        AssertText("curves.csv",
            """
            curve,days,rate,factor
            "USD, swaps",0.5,-0.001,
            "USD, swaps",30,0.025,USD.rate
            "USD, swaps",365,0.030000000000000002,USD.rate
            """);
        string text = File.ReadAllText(Path.Combine(Target, "instruments.csv"));
        Assert.Contains("dividend_yield,rate_factor,curve\n", text, StringComparison.Ordinal);
        Assert.Contains("B,future,BTC,USD,10,,2026-01-12T16:00:01Z,,,,,0.02,,\"USD, swaps\"\n", text, StringComparison.Ordinal);
        ClearingSet read = ClearingSetFiles.Read(Target);
        Assert.Contains("curves.csv", read.Inputs.Select(input => input.Name));
        SetEquality.AssertSame(set, read);
    }

    [Fact]
    public void Surfaces_are_written_once_and_read_back()
    {
        ClearingSet set = EveryKind();
        VolatilitySurface skewed = new("skew, BTC", 0.5, SurfaceCoordinate.Delta, [new Smile(365 / 365.0, new(0.01, 0.1, -0.30000000000000004, 0, 0.2))],
            [new SurfacePivot(1, 30, 0.25), new SurfacePivot(1, 30, 0.75), new SurfacePivot(1, 90, double.NaN)]);
        VolatilitySurface level = new("level", 0, SurfaceCoordinate.Moneyness, [], [new SurfacePivot(1, 30, -0.5)], 0.25);
        set = set with
        {
            Settings = set.Settings with { Arbitrage = ArbitrageRule.Refuse },
            Instruments =
            [
                .. set.Instruments.Take(3), set.Instruments[3] with { VolatilityFactor = -1, Surface = skewed }, set.Instruments[^1] with { VolatilityFactor = -1, Surface = level },
            ],
            Accounts = ["b"],
            Positions = new PositionTable([0, 0], [3, 4], [1, -1]),
        };
        ClearingSetFiles.Write(set, Target);
        AssertText("surfaces.csv",
            """
            surface,stickiness,term_power,coordinate
            "skew, BTC",0.5,,delta
            level,0,0.25,moneyness
            """);
        AssertText("smiles.csv",
            """
            surface,expiry,a,b,rho,m,sigma
            "skew, BTC",2027-01-02T16:00:00Z,0.01,0.1,-0.30000000000000004,0,0.2
            """);
        AssertText("pivots.csv",
            """
            surface,factor,days,delta,moneyness
            "skew, BTC","vol, BTC",30,0.25,
            "skew, BTC","vol, BTC",30,0.75,
            "skew, BTC","vol, BTC",90,,
            level,"vol, BTC",30,,-0.5
            """);
        ClearingSet read = ClearingSetFiles.Read(Target);
        Assert.Equal(ArbitrageRule.Refuse, read.Settings.Arbitrage);
        Assert.Superset(new HashSet<string> { "surfaces.csv", "smiles.csv", "pivots.csv" }, read.Inputs.Select(input => input.Name).ToHashSet());
        SetEquality.AssertSame(set, read);
    }

    [Fact]
    public void Options_on_futures_read_back()
    {
        ClearingSet set = EveryKind();
        Instrument european = set.Instruments[^1];
        set = set with
        {
            Instruments = [.. set.Instruments.Take(4), european, european with { Name = "American", Exercise = ExerciseStyle.American }],
            Accounts = ["b"],
            Positions = new PositionTable([0, 0], [4, 5], [1, -1]),
        };
        ClearingSetFiles.Write(set, Target);
        SetEquality.AssertSame(set, ClearingSetFiles.Read(Target));
    }

    [Fact]
    public void A_folder_that_holds_something_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "positions.csv"), "mine");
        var refusal = Assert.Throws<RefusedInputException>(() => ClearingSetFiles.Write(EveryKind(), Target));
        var fault = Assert.Single(refusal.Faults);
        Assert.Equal(("positions.csv", "a new or an empty folder"), (fault.Found, fault.Expected));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, "positions.csv")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(root));
    }

    [Fact]
    public void A_file_of_that_name_is_refused()
    {
        File.WriteAllText(Target, "mine");
        Assert.Throws<RefusedInputException>(() => ClearingSetFiles.Write(EveryKind(), Target));
        Assert.Equal("mine", File.ReadAllText(Target));
    }

    [Fact]
    public void An_empty_folder_and_missing_parents_are_taken()
    {
        Directory.CreateDirectory(Target);
        ClearingSetFiles.Write(EveryKind(), Target + Path.DirectorySeparatorChar);
        Assert.True(File.Exists(Path.Combine(Target, "run.json")));
        ClearingSetFiles.Write(EveryKind(), Path.Combine(root, "a", "b"));
        Assert.True(File.Exists(Path.Combine(root, "a", "b", "run.json")));
    }

    [Fact]
    public void A_set_that_cannot_be_written_leaves_nothing_behind()
    {
        var broken = EveryKind() with { Positions = new PositionTable([0], [99], [1]) };
        Assert.ThrowsAny<Exception>(() => ClearingSetFiles.Write(broken, Target));
        Assert.Empty(Directory.GetFileSystemEntries(root));
    }

    void AssertText(string file, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n").TrimEnd('\n') + "\n", File.ReadAllText(Path.Combine(Target, file)));

    /// <summary>Every kind, process, marginal and instrument type once, names that need quotes, numbers that need all digits.</summary>
    static ClearingSet EveryKind() => new()
    {
        Settings = new RunSettings
        {
            AsOf = new DateTimeOffset(2026, 1, 2, 17, 0, 0, TimeSpan.FromHours(1)),
            Currency = "USD",
            Copula = new Copula(CopulaFamily.StudentT, 6.1),
            Fx = new Dictionary<string, FxRate> { ["XXX"] = new("BTC", Reciprocal: true), ["EUR"] = new("EURUSD", Reciprocal: false) },
            Scenarios = 123,
            Seed = ulong.MaxValue,
            HorizonDays = 3,
            Confidence = 0.975m,
            Sampling = Sampling.Sobol,
            Precision = Precision.Double,
            Ageing = Ageing.Horizon,
            Calendar = BusinessCalendar.WeekdaysWithout([new DateOnly(2026, 4, 3)]),
            TargetError = 0.025m,
            MaxScenarios = 5000,
        },
        Factors =
        [
            new RiskFactor
            {
                Name = "BTC", Kind = RiskFactorKind.Price, Level = 66000.1, Process = VolatilityProcess.Gjr, Mean = 0.0001, Variance = 0.0009,
                Omega = 1e-5, Alpha = 0.05, Gamma = 0.02, Beta = 0.9, Marginal = MarginalFamily.SkewedT, DegreesOfFreedom = 4.5, Skew = -0.1,
            },
            new RiskFactor
            {
                Name = "vol, BTC", Kind = RiskFactorKind.Volatility, Level = 1, Variance = 0.0016, Marginal = MarginalFamily.Empirical, Residuals = [-1.5, 0.25, 2],
            },
            new RiskFactor { Name = "USD.rate", Kind = RiskFactorKind.Rate, Level = 0.03, Variance = 1e-8 },
            new RiskFactor
            {
                Name = "EURUSD", Kind = RiskFactorKind.Price, Level = 1.1, Process = VolatilityProcess.Garch, Variance = 0.0001,
                Omega = 1e-6, Alpha = 0.05, Beta = 0.9, Marginal = MarginalFamily.StudentT, DegreesOfFreedom = 6,
            },
        ],
        Correlation = new double[,] { { 1, 0.1, 0.2, 0.1 + 0.2 }, { 0.1, 1, 0, 0 }, { 0.2, 0, 1, 0 }, { 0.1 + 0.2, 0, 0, 1 } },
        Instruments =
        [
            new Instrument { Name = "A", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD" },
            new Instrument
            {
                Name = "B", Type = InstrumentType.Future, Underlying = 0, Currency = "USD", Multiplier = 10,
                YearsToExpiry = 864_001 / 31_536_000.0, Rate = 0.01, DividendYield = 0.02, RateFactor = 2,
            },
            new Instrument { Name = "C", Type = InstrumentType.Perpetual, Underlying = 0, Currency = "USD" },
            new Instrument
            {
                Name = "D", Type = InstrumentType.Option, Underlying = 0, Currency = "USD", Strike = 70_000, YearsToExpiry = 1,
                Right = OptionRight.Put, Volatility = 0.6, VolatilityFactor = 1, Rate = 0.03,
            },
            new Instrument { Name = "E", Type = InstrumentType.InverseFuture, Underlying = 0, Currency = "BTC", Multiplier = 100, YearsToExpiry = 864_001 / 31_536_000.0 },
            new Instrument { Name = "F", Type = InstrumentType.InversePerpetual, Underlying = 0, Currency = "BTC", Multiplier = 100 },
            new Instrument
            {
                Name = "G \"x\" y", Type = InstrumentType.InverseOption, Underlying = 0, Currency = "BTC", Strike = 70_000,
                YearsToExpiry = 30 / 365.0, Right = OptionRight.Call,
            },
            new Instrument
            {
                Name = "H", Type = InstrumentType.FutureOption, Underlying = 0, Currency = "USD", Multiplier = 1000, Strike = 70_000, YearsToExpiry = 1,
                Right = OptionRight.Put, Volatility = 0.6, VolatilityFactor = 1, Rate = 0.03, RateFactor = 2,
            },
        ],
        Accounts = ["Ü", "b"],
        Positions = new PositionTable([0, 1, 0], [6, 0, 0], [-0.1, 1e22, 0]),
    };
}
