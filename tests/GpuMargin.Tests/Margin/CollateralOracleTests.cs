using System.Globalization;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Cli;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>What collateral is worth, how it moves, and what is called: files written here, against plain loops over the engine's shocks.</summary>
/// <remarks>Run currency USD; EUR is EURUSD, JPY is 1/USDJPY, and DAX is quoted in EUR.</remarks>
public sealed class CollateralOracleTests : IDisposable
{
    const double Initial = 1.25, Maintenance = 0.9;

    const decimal Confidence = 0.95m;

    // Of the gross value of positions and collateral: sums of a few products in double precision, here and there.
    const double Tolerance = 1e-12;

    static readonly string[] s_factors = ["EURUSD", "USDJPY", "SPX", "DAX"];

    static readonly double[] s_levels = [0.94, 117.5, 1283.27, 6376.5];

    const int Horizon = 5;

    // Price factor and currency per instrument.
    static readonly Dictionary<string, Asset> s_instruments = new()
    {
        ["SPX"] = new("SPX", "USD"),
        ["DAX"] = new("DAX", "EUR"),
        ["SPX in JPY"] = new("SPX", "JPY"),
    };

    static readonly Dictionary<string, string> s_classes = new() { ["SPX"] = "us", ["DAX"] = "eu", ["SPX in JPY"] = "us" };

    static readonly Dictionary<string, Dictionary<string, int>> s_periods = new()
    {
        ["{}"] = [],
        ["""{ "us": 2, "eu": 8 }"""] = new() { ["us"] = 2, ["eu"] = 8 },
        ["""{ "eu": 3, "default": 1 }"""] = new() { ["eu"] = 3, ["default"] = 1, ["us"] = 1 },
    };

    static readonly Position[] s_positions =
    [
        new("long", "SPX", 100), new("long", "DAX", 3),
        new("short", "SPX", -80), new("short", "DAX", 10),
        new("yen book", "SPX in JPY", 5000),
        new("euro only", "DAX", 20),
        new("covered", "DAX", -12), new("covered", "SPX", 2),
        new("between", "SPX", 10),
        new("isolated", "SPX", 10), new("isolated", "DAX", -2),
    ];

    // Every kind of asset, alone and together.
    static readonly Holding[] s_holdings =
    [
        new("long", "EUR", "", 4000, 0.05),
        new("short", "JPY", "", 900_000, 0.1),
        new("yen book", "JPY", "", 30_000, 0.02), new("yen book", "USD", "", 100, 0),
        new("euro only", "DAX", "EUR", 12, 0.2),
        new("covered", "DAX", "EUR", 12, 0.15), new("covered", "EUR", "", 2500, 0.05), new("covered", "SPX", "USD", 3, 0.25), new("covered", "SPX", "JPY", 40, 0.3),
        new("between", "USD", "", 600, 0),
        new("isolated", "JPY", "", 250_000, 0.1), new("isolated", "EUR", "", 300, 0.05),
        new("no positions", "DAX", "EUR", 2, 0.2), new("no positions", "JPY", "", 1000, 0),
    ];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("haircut", "{}")]
    [InlineData("haircut", """{ "us": 2, "eu": 8 }""")]
    [InlineData("simulated", "{}")]
    [InlineData("simulated", """{ "us": 2, "eu": 8 }""")]
    [InlineData("simulated", """{ "eu": 3, "default": 1 }""")]
    public void Collateral_levels_excess_and_call_agree(string valuation, string periods)
    {
        ClearingSet set = Written(valuation, periods);
        double[][,] path = Visited.Paths(new CpuBackend(), set, 8);
        int Days(string productClass) => s_periods[periods].GetValueOrDefault(productClass, Horizon);
        Requirement[] found = [.. MarginCalculator.Calculate(set, new CpuBackend()).Accounts.Select(account => account.Requirement!)];
        Assert.Equal(s_positions.Select(p => p.Account).Append("no positions").Distinct(), found.Select(r => r.NettingSet));

        foreach (Requirement requirement in found)
        {
            string account = requirement.NettingSet;
            double margin = Books(account, valuation == "simulated", Days).Sum(book => Math.Max(0, Shortfall(book, path)));
            Holding[] held = [.. s_holdings.Where(holding => holding.Account == account)];
            double gross = 0;
            double collateral = 0;
            foreach (Holding holding in held)
            {
                double value = holding.Quantity * Worth(holding.Held, new double[s_factors.Length]);
                gross += value;
                collateral += value * (1 - holding.Haircut);
            }

            gross += s_positions.Where(p => p.Account == account).Sum(p => Math.Abs(p.Quantity * Worth(s_instruments[p.Instrument], new double[s_factors.Length])));
            Compare("collateral", requirement.Collateral, collateral);
            Compare("initial", requirement.Initial, Initial * margin);
            Compare("maintenance", requirement.Maintenance, Maintenance * margin);
            Compare("excess", requirement.Excess, Math.Max(0, collateral - Initial * margin));
            Compare("called", requirement.Called, collateral < Maintenance * margin ? Initial * margin - collateral : 0);

            void Compare(string what, decimal amount, double expected) =>
                Assert.True(Math.Abs((double)amount - expected) <= Tolerance * gross, $"{account}: {what} {amount} is not {expected:R}");
        }

        // All three cases: called, between the levels, excess.
        Assert.Contains(found, r => r.Called > 0);
        Assert.Contains(found, r => r.Excess > 0);
        if (valuation == "haircut")
        {
            Assert.Contains(found, r => r.Called == 0 && r.Excess == 0);
        }
    }

    // Cross positions together, isolated ones each alone; collateral that is simulated is with the cross positions, up to the end of their longest period.
    static IEnumerable<List<(Asset Asset, double Quantity, int Day)>> Books(string account, bool simulated, Func<string, int> days)
    {
        List<(Asset, double, int Day)> cross = [];
        foreach (Position position in s_positions.Where(p => p.Account == account))
        {
            (Asset, double, int) row = (s_instruments[position.Instrument], position.Quantity, days(s_classes[position.Instrument]));
            if (account == "isolated")
            {
                yield return [row];
            }
            else
            {
                cross.Add(row);
            }
        }

        if (simulated)
        {
            int day = cross.Count == 0 ? days("default") : cross.Max(row => row.Day);
            cross.AddRange(s_holdings.Where(h => h.Account == account).Select(h => (h.Held, h.Quantity, day)));
        }

        if (cross.Count > 0)
        {
            yield return cross;
        }
    }

    static double Shortfall(List<(Asset Asset, double Quantity, int Day)> book, double[][,] path)
    {
        return ReferenceRiskMeasures.ExpectedShortfall(
            [.. Enumerable.Range(0, path[0].GetLength(0)).Select(s => Total(_ => new double[s_factors.Length]) - Total(day => path[day - 1].Row(s)))], Confidence);

        double Total(Func<int, double[]> shocks) => book.Sum(row => row.Quantity * Worth(row.Asset, shocks(row.Day)));
    }

    // A unit in dollars: the factor's level in its currency, or one unit of that currency.
    static double Worth(Asset asset, double[] shocks)
    {
        double local = asset.Factor.Length == 0 ? 1 : Level(asset.Factor);
        return asset.Currency switch
        {
            "EUR" => local * Level("EURUSD"),
            "JPY" => local / Level("USDJPY"),
            _ => local,
        };

        double Level(string factor)
        {
            int f = Array.IndexOf(s_factors, factor);
            return s_levels[f] * Math.Exp(shocks[f]);
        }
    }

    ClearingSet Written(string valuation, string periods)
    {
        Write("run.json",
            """
            {
              "asOf": "2001-01-02T16:00:00Z", "currency": "USD", "fx": { "EUR": "EURUSD", "JPY": "1/USDJPY" },
              "copula": { "family": "student-t", "nu": 5 }, "scenarios": 400, "horizonDays": 5, "confidence": 0.95, "precision": "double"
            }
            """);
        Write("factors.csv",
        [
            "factor,kind,level,process,variance,marginal",
            .. s_factors.Select((factor, f) => Invariant($"{factor},price,{s_levels[f]},constant,{0.0001 * (f + 1)},normal")),
        ]);
        Write("correlation.csv",
            "factor,EURUSD,USDJPY,SPX,DAX",
            "EURUSD,1,-0.3,0.2,0.4",
            "USDJPY,-0.3,1,-0.1,0.2",
            "SPX,0.2,-0.1,1,0.6",
            "DAX,0.4,0.2,0.6,1");
        Write("instruments.csv",
        [
            "instrument,type,underlying,currency,product_class",
            .. s_instruments.Select(row => $"{row.Key},spot,{row.Value.Factor},{row.Value.Currency},{s_classes[row.Key]}"),
        ]);
        Write("positions.csv",
        [
            "account,instrument,quantity",
            .. s_positions.Select(p => Invariant($"{p.Account},{p.Instrument},{p.Quantity}")),
        ]);
        Write("accounts.csv",
        [
            "account,member,type,mode",
            .. s_positions.Select(p => p.Account).Append("no positions").Distinct().Select(account => $"{account},M,client,{(account == "isolated" ? account : "cross")}"),
        ]);
        Write("collateral.csv",
        [
            "account,asset,currency,quantity,haircut",
            .. s_holdings.Select(h => Invariant($"{h.Account},{h.Name},{h.Quoted},{h.Quantity},{h.Haircut}")),
        ]);
        Write("policy.json",
            Invariant($$"""{ "version": 1, "base": { "marginPeriodOfRisk": {{periods}} }, "collateral": { "valuation": "{{valuation}}" }, "levels": { "initial": {{Initial}}, "maintenance": {{Maintenance}} } }"""));
        return ClearingSetFiles.Read(folder.Path);
    }

    void Write(string file, params string[] lines) => File.WriteAllLines(folder[file], lines);

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <param name="Factor">Empty for cash.</param>
    sealed record Asset(string Factor, string Currency);

    sealed record Position(string Account, string Instrument, double Quantity);

    /// <param name="Name">Currency of cash or price factor.</param>
    /// <param name="Quoted">Currency in which a price factor is quoted.</param>
    sealed record Holding(string Account, string Name, string Quoted, double Quantity, double Haircut)
    {
        public Asset Held => Quoted.Length == 0 ? new Asset("", Name) : new Asset(Name, Quoted);
    }
}
