using System.Security.Cryptography;
using System.Text;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

public sealed class ClearingSetReaderTests
{
    const double SecondsPerYear = 365 * 86_400;

    [Fact]
    public void Settings_are_read_key_by_key()
    {
        using SetFolder folder = new();

        RunSettings settings = folder.Read().Settings;

        Assert.Equal(new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero), settings.AsOf);
        Assert.Equal("USD", settings.Currency);
        Assert.Equal(new Copula(CopulaFamily.StudentT, 6.5), settings.Copula);
        Assert.Equal(
            new Dictionary<string, FxRate> { ["EUR"] = new("EURUSD", false), ["BTC"] = new("USDBTC", true) }, settings.Fx);
        Assert.Equal((1000, 7UL, 3, 0.975m), (settings.Scenarios, settings.Seed, settings.HorizonDays, settings.Confidence));
        Assert.Equal((Sampling.Philox, Precision.Double, Ageing.Horizon), (settings.Sampling, settings.Precision, settings.Ageing));
    }

    [Fact]
    public void Keys_left_out_have_their_defaults()
    {
        using SetFolder folder = new();
        folder.With("run.json", """{ "copula": { "family": "gaussian" }, "currency": "USD", "asOf": "2001-01-02T17:30+01:30", "fx": { "EUR": "EURUSD", "BTC": "1/USDBTC" } }""");

        RunSettings settings = folder.Read().Settings;

        Assert.Equal(new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero), settings.AsOf);
        Assert.Equal(new Copula(CopulaFamily.Gaussian, double.PositiveInfinity), settings.Copula);
        Assert.Equal((10_000, 20010102UL, 2, 0.99m), (settings.Scenarios, settings.Seed, settings.HorizonDays, settings.Confidence));
        Assert.Equal((Sampling.Philox, Precision.Mixed, Ageing.None), (settings.Sampling, settings.Precision, settings.Ageing));
    }

    [Fact]
    public void Command_line_options_override_keys()
    {
        using SetFolder folder = new();
        RunOverrides overrides = new() { Scenarios = 200, Seed = ulong.MaxValue, Confidence = 0.995m, HorizonDays = 0, Precision = Precision.Mixed, Sampling = Sampling.Philox };

        RunSettings settings = folder.Read(overrides).Settings;

        Assert.Equal((200, ulong.MaxValue, 0, 0.995m), (settings.Scenarios, settings.Seed, settings.HorizonDays, settings.Confidence));
        Assert.Equal((Sampling.Philox, Precision.Mixed, Ageing.Horizon), (settings.Sampling, settings.Precision, settings.Ageing));
    }

    [Fact]
    public void Settings_at_the_edge_of_their_ranges_are_accepted()
    {
        using SetFolder folder = new();
        folder.Replacing("run.json", "\"seed\": 7", "\"seed\": 18446744073709551615")
            .Replacing("run.json", "\"horizonDays\": 3", "\"horizonDays\": 250")
            .Replacing("run.json", "1000", "1e8")
            .Replacing("run.json", "0.975", "0.99999999");

        RunSettings settings = folder.Read().Settings;

        Assert.Equal((100_000_000, ulong.MaxValue, 250, 0.99999999m), (settings.Scenarios, settings.Seed, settings.HorizonDays, settings.Confidence));
        Assert.Equal(0.5m, folder.Read(new RunOverrides { Scenarios = 2, Confidence = 0.5m }).Settings.Confidence);
    }

    [Fact]
    public void Factors_are_read_column_by_column()
    {
        using SetFolder folder = new();

        IReadOnlyList<RiskFactor> factors = folder.Read().Factors;

        Assert.Equal(
            new RiskFactor
            {
                Name = "EURUSD",
                Kind = RiskFactorKind.Price,
                Level = 0.94,
                Process = VolatilityProcess.Garch,
                Mean = 0.0001,
                Variance = 0.00004,
                Omega = 0.000001,
                Alpha = 0.05,
                Beta = 0.9,
                Marginal = MarginalFamily.StudentT,
                DegreesOfFreedom = 5.5,
                Residuals = factors[0].Residuals,
            },
            factors[0]);
        Assert.Equal(
            new RiskFactor
            {
                Name = "USDBTC",
                Kind = RiskFactorKind.Price,
                Level = 0.00002,
                Process = VolatilityProcess.Gjr,
                Variance = 0.0016,
                Omega = 0.00005,
                Alpha = 0.03,
                Gamma = 0.1,
                Beta = 0.85,
                Marginal = MarginalFamily.SkewedT,
                DegreesOfFreedom = 4,
                Skew = -0.1,
                Residuals = factors[1].Residuals,
            },
            factors[1]);
        Assert.Equal(("SPX", MarginalFamily.Empirical, VolatilityProcess.Constant), (factors[2].Name, factors[2].Marginal, factors[2].Process));
        Assert.Equal(("VOL,SPX", RiskFactorKind.Volatility, 1.0), (factors[3].Name, factors[3].Kind, factors[3].Level));
        Assert.Equal(("USDRATE", RiskFactorKind.Rate, 0.065), (factors[4].Name, factors[4].Kind, factors[4].Level));
        Assert.Equal([0.5, -1.25, 0.75, 0.1], factors[2].Residuals);
        Assert.All(factors.Where(factor => factor.Marginal != MarginalFamily.Empirical), factor => Assert.Empty(factor.Residuals));
    }

    [Fact]
    public void Instruments_are_read_column_by_column()
    {
        using SetFolder folder = new();

        IReadOnlyList<Instrument> instruments = folder.Read().Instruments;

        Assert.Equal(InstrumentType.All.Except([InstrumentType.FutureOption]).ToHashSet(), instruments.Select(instrument => instrument.Type).ToHashSet());
        Assert.Equal(new Instrument { Name = "EUR cash", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD" }, instruments[0]);
        Assert.Equal(
            new Instrument
            {
                Name = "SPX fut",
                Type = InstrumentType.Future,
                Underlying = 2,
                Currency = "USD",
                Multiplier = 250,
                YearsToExpiry = 73 / 365.0,
                Rate = 0.065,
                DividendYield = 0.012,
                RateFactor = 4,
            },
            instruments[1]);
        Assert.Equal(
            new Instrument
            {
                Name = "SPX call",
                Type = InstrumentType.Option,
                Underlying = 2,
                Currency = "USD",
                Multiplier = 100,
                Strike = 1300,
                YearsToExpiry = ((164 * 86_400) + (3 * 3600)) / SecondsPerYear,
                Right = OptionRight.Call,
                Volatility = 0.22,
                VolatilityFactor = 3,
                Rate = 0.065,
                DividendYield = 0.012,
                RateFactor = 4,
            },
            instruments[3]);
        Assert.Equal(
            new Instrument
            {
                Name = "SPX put",
                Type = InstrumentType.Option,
                Underlying = 2,
                Currency = "USD",
                Multiplier = 100,
                Strike = 1200,
                YearsToExpiry = 164 / 365.0,
                Right = OptionRight.Put,
            },
            instruments[4]);
        Assert.Equal(("BTC", 10.0, 1), (instruments[6].Currency, instruments[6].Multiplier, instruments[6].Underlying));
    }

    [Fact]
    public void Positions_keep_file_order_and_accounts_the_order_of_first_appearance()
    {
        using SetFolder folder = new();

        ClearingSet set = folder.Read();

        Assert.Equal(["Zeta", "Alpha", "Beta, Ltd", "Gamma"], set.Accounts);
        Assert.Equal([0, 0, 1, 0, 2, 2, 1, 3, 3], set.Positions.Account);
        Assert.Equal([3, 1, 0, 3, 6, 5, 2, 4, 7], set.Positions.Instrument);
        Assert.Equal([-10, 2.5, 1e6, 4, -100, 100, 0, -3, 7], set.Positions.Quantity);
    }

    [Fact]
    public void Inputs_carry_the_fingerprints_of_the_bytes_on_disk()
    {
        using SetFolder folder = new();

        IReadOnlyList<InputFile> inputs = folder.Read().Inputs;

        Assert.Equal(["correlation.csv", "factors.csv", "instruments.csv", "positions.csv", "residuals.csv", "run.json"], inputs.Select(input => input.Name));
        Assert.All(inputs, input =>
        {
            byte[] bytes = File.ReadAllBytes(folder.PathOf(input.Name));
            Assert.Equal(new InputFile(input.Name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), input);
        });
    }

    [Fact]
    public void Column_order_byte_order_mark_line_ends_and_empty_lines_do_not_matter()
    {
        using SetFolder plain = new();
        using SetFolder varied = new();
        string positions = string.Concat(plain.TextOf("positions.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.StartsWith('"') ? line.Split("\",") is var quoted ? $"{quoted[1].Split(',')[1]},{quoted[0]}\",{quoted[1].Split(',')[0]}\r\n\r\n" : "" : $"{line.Split(',')[2]},\"{line.Split(',')[0]}\",{line.Split(',')[1]}\r\n"));
        varied.With("positions.csv", "\uFEFF" + positions);
        varied.With("run.json", "\uFEFF" + plain.TextOf("run.json").Replace("\n", "\r\n", StringComparison.Ordinal));

        SetEquality.AssertSame(plain.Read(), varied.Read());
    }

    [Fact]
    public void Rows_and_columns_of_the_correlation_may_stand_in_any_order()
    {
        using SetFolder plain = new();
        using SetFolder varied = new();
        varied.With("correlation.csv", """
            USDRATE,"VOL,SPX",factor,SPX,USDBTC,EURUSD
            0.05,-0.7,SPX,1,-0.3,0.2
            1,0,USDRATE,0.05,0,0
            0,1,"VOL,SPX",-0.7,0.25,-0.1
            0,0.25,USDBTC,-0.3,1,0.1
            0,-0.1,EURUSD,0.2,0.1,1
            """);

        SetEquality.AssertSame(plain.Read(), varied.Read());
        Assert.Equal(-0.7, plain.Read().Correlation[2, 3]);
    }

    [Fact]
    public void A_single_factor_needs_no_correlation()
    {
        using SetFolder folder = SingleFactor();

        Assert.Equal(1, Assert.Single(folder.Read().Correlation.Cast<double>()));
    }

    [Fact]
    public void Limits_of_zero_volatility_and_zero_variance_are_accepted()
    {
        using SetFolder folder = SingleFactor();
        folder.Replacing("factors.csv", "0.01,normal", "0,normal");

        ClearingSet set = folder.Read();

        Assert.Equal((0.0, 0.0), (set.Factors[0].Variance, set.Instruments[0].Volatility));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void The_set_is_the_same_under_every_culture(string culture)
    {
        using SetFolder folder = new();
        ClearingSet expected = folder.Read();
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo(culture);
            SetEquality.AssertSame(expected, folder.Read());
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_million_positions_are_read_without_an_object_per_row()
    {
        // The file's bytes, the three columns and the names: nothing that grows with the rows beside them.
        const int Rows = 1_000_000;
        const double SlackBytes = 4e6;
        using SetFolder folder = new();
        StringBuilder text = new("account,instrument,quantity\n");
        for (int row = 0; row < Rows; row++)
        {
            text.Append("Account").Append(row / 1000 % 700).Append(",SPX ").Append(row % 2 == 0 ? "put," : "call,").Append(row % 1000 - 500).Append(".25\n");
        }

        folder.With("positions.csv", text.ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();
        ClearingSet set = folder.Read();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((Rows, 700), (set.Positions.Count, set.Accounts.Count));
        Assert.Equal(Rows * -0.5, set.Positions.Quantity.Sum());
        Assert.InRange(allocated, 0, text.Length + (16.0 * Rows) + SlackBytes);
    }

    [Fact]
    public void Reading_stops_when_asked_to()
    {
        using SetFolder folder = new();

        Assert.Throws<OperationCanceledException>(() => ClearingSetFiles.Read(folder.Path, null, null, new CancellationToken(canceled: true)));
    }

    static SetFolder SingleFactor()
    {
        SetFolder folder = new();
        folder.With("run.json", """{ "asOf": "2001-01-02T16:00:00Z", "currency": "USD", "copula": { "family": "gaussian" } }""")
            .With("factors.csv", "factor,kind,level,process,variance,marginal\nX,price,100,constant,0.01,normal\n")
            .With("instruments.csv", "instrument,type,underlying,strike,expiry,right,volatility\nC,option,X,100,2001-06-15,call,0\n")
            .With("positions.csv", "account,instrument,quantity\nA,C,1");
        File.Delete(folder.PathOf("correlation.csv"));
        File.Delete(folder.PathOf("residuals.csv"));
        return folder;
    }
}
