using System.Globalization;
using System.Security.Cryptography;
using GpuMargin.ClearingSets;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

public sealed class SyntheticClearingSetTests : IDisposable
{
    static readonly SyntheticOptions s_small = new() { Factors = 21, Instruments = 200, Accounts = 50, PositionsPerAccount = 30, Seed = 7 };

    static readonly string[] s_files = ["correlation.csv", "factors.csv", "instruments.csv", "positions.csv", "run.json"];

    readonly string root = Directory.CreateTempSubdirectory("gpumargin-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Draws_are_the_published_SplitMix64_sequence()
    {
        // First outputs for seed 1234567, as Vigna's splitmix64.c gives them.
        var random = new SyntheticRandom(1234567);
        Assert.Equal(
            [6457827717110365317ul, 3203168211198807973ul, 9817491932198370423ul],
            [random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        byte[][] first = Bytes(s_small, "first", s_files);
        Assert.Equal(first, Bytes(s_small, "again", s_files));
        byte[][] other = Bytes(s_small with { Seed = 8 }, "other", s_files);
        for (int i = 0; i < s_files.Length; i++)
        {
            Assert.NotEqual(first[i], other[i]);
        }
    }

    [Fact]
    public void The_bytes_are_the_same_on_every_platform()
    {
        // Of the files one after the other; changes whenever the generator or the writer does.
        byte[] all = [.. Bytes(s_small, "set", s_files).SelectMany(bytes => bytes)];
        Assert.Equal("5dbe7b9aaf0996d1008cbc7be28670ab5a92fd83beef5886032a5ca0945207ac", Convert.ToHexStringLower(SHA256.HashData(all)));
    }

    [Fact]
    public void Surfaces_are_one_per_price_without_arbitrage_and_read_back()
    {
        ClearingSet set = SyntheticClearingSet.Generate(s_small with { Surfaces = true });
        ClearingSet refusing = set with { Settings = set.Settings with { Arbitrage = ArbitrageRule.Refuse } };
        refusing.Validate();
        Assert.All(set.Instruments.Where(instrument => instrument.Type == InstrumentType.Option), option => Assert.Equal(set.Factors[option.Underlying].Name, option.Surface!.Name));
        string folder = Path.Combine(root, "surfaces");
        ClearingSetFiles.Write(refusing, folder);
        SetEquality.AssertSame(refusing, ClearingSetFiles.Read(folder));
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 3, 2, 3)]
    [InlineData(5, 7, 3, 2)]
    [InlineData(64, 443, 17, 200)]
    public void The_shape_is_the_one_asked_for(int factors, int instruments, int accounts, int held)
    {
        var set = SyntheticClearingSet.Generate(new() { Factors = factors, Instruments = instruments, Accounts = accounts, PositionsPerAccount = held, Seed = 1 });
        int prices = (factors + 1) / 2;
        Assert.Equal(prices, set.Factors.Count(factor => factor.Kind == RiskFactorKind.Price));
        Assert.Equal(factors - prices, set.Factors.Count(factor => factor.Kind == RiskFactorKind.Volatility));
        Assert.Equal((factors, factors), (set.Correlation.GetLength(0), set.Correlation.GetLength(1)));
        Assert.Equal(instruments, set.Instruments.Count);
        Assert.All(set.Instruments, instrument => Assert.Equal(InstrumentType.Option, instrument.Type));
        Assert.Equal(accounts, set.Accounts.Distinct().Count());
        Assert.Equal(accounts * held, set.Positions.Count);
        for (int account = 0; account < accounts; account++)
        {
            var own = Enumerable.Range(account * held, held).ToList();
            Assert.All(own, row => Assert.Equal(account, set.Positions.Account[row]));
            Assert.Equal(held, own.Select(row => set.Positions.Instrument[row]).Distinct().Count());
        }
    }

    [Fact]
    public void The_settings_are_the_ones_asked_for()
    {
        var settings = SyntheticClearingSet.Generate(s_small with { HorizonDays = 5, Scenarios = 77, Confidence = 0.975m }).Settings;
        Assert.Equal((5, 77, 0.975m, 7ul), (settings.HorizonDays, settings.Scenarios, settings.Confidence, settings.Seed));
        Assert.Equal(new Copula(CopulaFamily.StudentT, 6), settings.Copula);
    }

    [Fact]
    public void Factors_are_stationary_with_positive_variance_and_finite_second_moment()
    {
        var set = SyntheticClearingSet.Generate(s_small with { Factors = 401 });
        Assert.Equal(set.Factors.Count, set.Factors.DistinctBy(factor => factor.Name).Count());
        foreach (var factor in set.Factors)
        {
            Assert.True(factor.Level > 0 && factor.Variance > 0 && factor.DegreesOfFreedom > 2, factor.Name);
            if (factor.Kind == RiskFactorKind.Volatility)
            {
                Assert.Equal(VolatilityProcess.Constant, factor.Process);
            }
            else
            {
                Assert.True(factor.Omega > 0 && factor.Alpha > 0 && factor.Gamma >= 0 && factor.Beta > 0, factor.Name);
                Assert.InRange(factor.Alpha + factor.Gamma / 2 + factor.Beta, 0.9, 0.999);
                Assert.Equal(factor.Process == VolatilityProcess.Gjr, factor.Gamma > 0);
            }
        }
        Assert.Contains(set.Factors, factor => factor.Process == VolatilityProcess.Gjr);
        Assert.Contains(set.Factors, factor => factor.Process == VolatilityProcess.Garch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(257)]
    public void Correlation_is_symmetric_with_unit_diagonal_and_eigenvalues_above_what_every_factor_keeps_to_itself(int factors)
    {
        double[,] correlation = SyntheticClearingSet.Generate(s_small with { Factors = factors }).Correlation;
        for (int i = 0; i < factors; i++)
        {
            Assert.Equal(1, correlation[i, i]);
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(correlation[i, j], correlation[j, i]);
            }
        }
        // 0.1 by construction, less what rounding to six decimals can take.
        double smallest = Matrix<double>.Build.DenseOfArray(correlation).Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real);
        Assert.True(smallest > 0.1 - factors * 0.5e-6, $"smallest eigenvalue {smallest}");
    }

    [Fact]
    public void Options_have_the_strikes_expiries_and_volatilities_of_the_document()
    {
        var set = SyntheticClearingSet.Generate(s_small with { Instruments = 5000 });
        Assert.Equal(5000, set.Instruments.DistinctBy(instrument => instrument.Name).Count());
        foreach (var option in set.Instruments)
        {
            var underlying = set.Factors[option.Underlying];
            Assert.Equal(RiskFactorKind.Price, underlying.Kind);
            // Half a cent of rounding on a level of at least 10.
            Assert.InRange(option.Strike / underlying.Level, 0.7 - 0.0005, 1.3 + 0.0005);
            Assert.InRange(option.YearsToExpiry, 7 / 365.0, 730 / 365.0);
            Assert.InRange(option.Volatility, 0.15, 0.60);
            if (option.VolatilityFactor >= 0)
            {
                Assert.Equal(underlying.Name + ".vol", set.Factors[option.VolatilityFactor].Name);
            }
        }
        // 21 factors are eleven prices and ten volatilities: the last price has none.
        Assert.Equal([10], set.Instruments.Where(option => option.VolatilityFactor < 0).Select(option => option.Underlying).Distinct());
        Assert.InRange(set.Instruments.Count(option => option.Right == OptionRight.Call), 2000, 3000);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 50)]
    [InlineData(0.9, 180)]
    [InlineData(1, 200)]
    public void The_option_share_holds_and_the_rest_is_spot_futures_and_perpetuals(double share, int options)
    {
        var instruments = SyntheticClearingSet.Generate(s_small with { OptionShare = share }).Instruments;
        Assert.Equal(options, instruments.Count(instrument => instrument.Type == InstrumentType.Option));
        foreach (var type in new[] { InstrumentType.Spot, InstrumentType.Future, InstrumentType.Perpetual })
        {
            Assert.InRange(instruments.Count(instrument => instrument.Type == type), (200 - options) / 3, (200 - options) / 3 + 1);
        }

        Assert.All(instruments.Where(instrument => instrument.Type == InstrumentType.Future), future => Assert.True(future.YearsToExpiry > 0));
        Assert.All(
            instruments.Where(instrument => instrument.Type.Word is "spot" or "perpetual"),
            held => Assert.Equal((0, 0, 0), (held.YearsToExpiry, held.Rate, held.Volatility)));
    }

    [Fact]
    public void Accounts_are_of_four_characters_and_hold_whole_contracts_long_and_short()
    {
        var set = SyntheticClearingSet.Generate(s_small with { Accounts = 400 });
        Assert.Equal(
            ["CONCENTRATED", "LONG", "MAKER", "SELLER"],
            set.Accounts.Select(account => account.Split('-')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(set.Positions.Quantity, quantity => Assert.True(double.IsInteger(quantity) && quantity != 0));
        Assert.Contains(set.Positions.Quantity, quantity => quantity > 0);
        Assert.Contains(set.Positions.Quantity, quantity => quantity < 0);
        for (int account = 0; account < 400; account++)
        {
            int underlyings = set.Positions.Instrument.Skip(account * 30).Take(30).Select(index => set.Instruments[index].Underlying).Distinct().Count();
            // Two hundred instruments on eleven prices: thirty neighbours lie on two to four of them, thirty from everywhere on more.
            Assert.Equal(set.Accounts[account].StartsWith("CONCENTRATED", StringComparison.Ordinal), underlyings <= 4);
        }
    }

    [Fact]
    public void What_is_written_reads_back_to_the_same_numbers()
    {
        var set = SyntheticClearingSet.Generate(s_small with { OptionShare = 0.8 });
        string folder = Path.Combine(root, "set");
        ClearingSetFiles.Write(set, folder);

        var factors = Rows(folder, "factors.csv");
        Assert.Equal(set.Factors.Count, factors.Count);
        foreach (var (factor, row) in set.Factors.Zip(factors))
        {
            double[] expected = [factor.Level, factor.Mean, factor.Variance, factor.Omega, factor.Alpha, factor.Gamma, factor.Beta, factor.DegreesOfFreedom];
            string[] columns = ["level", "mean", "variance", "omega", "alpha", "gamma", "beta", "nu"];
            Assert.Equal(factor.Name, row["factor"]);
            Assert.Equal(expected, columns.Select(column => Number(row[column])));
        }

        var correlation = Rows(folder, "correlation.csv");
        for (int i = 0; i < set.Factors.Count; i++)
        {
            for (int j = 0; j < set.Factors.Count; j++)
            {
                Assert.Equal(set.Correlation[i, j], Number(correlation[i][set.Factors[j].Name]));
            }
        }

        var instruments = Rows(folder, "instruments.csv");
        Assert.Equal(set.Instruments.Count, instruments.Count);
        foreach (var (instrument, row) in set.Instruments.Zip(instruments))
        {
            Assert.Equal(
                (instrument.Name, set.Factors[instrument.Underlying].Name, instrument.Multiplier, instrument.Volatility, instrument.Rate, instrument.DividendYield),
                (row["instrument"], row["underlying"], Number(row["multiplier"]), Number(row["volatility"]), Number(row["rate"]), Number(row["dividend_yield"])));
            Assert.Equal(double.IsNaN(instrument.Strike) ? 0 : instrument.Strike, Number(row["strike"]));
            double years = row["expiry"].Length == 0
                ? 0
                : (DateTimeOffset.Parse(row["expiry"], CultureInfo.InvariantCulture) - set.Settings.AsOf).TotalSeconds / 31_536_000;
            Assert.Equal(instrument.YearsToExpiry, years);
        }

        var positions = Rows(folder, "positions.csv");
        Assert.Equal(set.Positions.Count, positions.Count);
        for (int i = 0; i < positions.Count; i++)
        {
            Assert.Equal(
                (set.Accounts[set.Positions.Account[i]], set.Instruments[set.Positions.Instrument[i]].Name, set.Positions.Quantity[i]),
                (positions[i]["account"], positions[i]["instrument"], Number(positions[i]["quantity"])));
        }
    }

    [Fact]
    public void Every_option_out_of_range_is_refused_by_its_name()
    {
        var refusal = Assert.Throws<RefusedInputException>(() => SyntheticClearingSet.Generate(new()
        {
            Factors = 0,
            Instruments = -1,
            Accounts = 0,
            PositionsPerAccount = 0,
            Seed = 1,
            OptionShare = double.NaN,
            HorizonDays = 0,
            Scenarios = 0,
            Confidence = 1,
        }));
        Assert.Equal(
            ["Factors", "Instruments", "Accounts", "PositionsPerAccount", "OptionShare", "HorizonDays", "Scenarios", "Confidence"],
            refusal.Faults.Select(fault => fault.Column));
        Assert.All(refusal.Faults, fault => Assert.Equal(Fault.Settings, fault.File));
        Assert.Equal("settings: Instruments: found '-1', expected a whole number from 1", refusal.Faults[1].ToString());
    }

    [Theory]
    [InlineData(10, 1, 11, "at most the number of instruments, 10")]
    [InlineData(2_000_000, 2_000, 2_000_000, "accounts × positions of at most")]
    public void More_positions_than_there_can_be_are_refused(int instruments, int accounts, int held, string expected)
    {
        var refusal = Assert.Throws<RefusedInputException>(() => SyntheticClearingSet.Generate(
            new() { Factors = 2, Instruments = instruments, Accounts = accounts, PositionsPerAccount = held, Seed = 1 }));
        var fault = Assert.Single(refusal.Faults);
        Assert.Equal("PositionsPerAccount", fault.Column);
        Assert.StartsWith(expected, fault.Expected, StringComparison.Ordinal);
    }

    byte[][] Bytes(SyntheticOptions options, string name, string[] files)
    {
        string folder = Path.Combine(root, name);
        ClearingSetFiles.Write(SyntheticClearingSet.Generate(options), folder);
        Assert.Equal(files, Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        return [.. files.Select(file => File.ReadAllBytes(Path.Combine(folder, file)))];
    }

    /// <summary>An empty cell is the default, 0.</summary>
    static double Number(string cell) => cell.Length == 0 ? 0 : double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>Synthetic names hold no commas and no quotes.</summary>
    static List<Dictionary<string, string>> Rows(string folder, string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(folder, file));
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
