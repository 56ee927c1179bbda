using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Revaluation;

/// <summary>The engine's P&amp;L of every scenario against the naive formulas, fed with the engine's own shocks.</summary>
public sealed class ProfitAndLossOracleTests(ITestOutputHelper output)
{
    // Of the account's gross notional. Promised: 2⁻⁵³ and 2⁻²⁴ (1.1e-16, 6e-8) times the few roundings of a price and, in
    // single precision, of a run of 32 positions.
    const double DoubleTolerance = 1e-12;
    const double MixedTolerance = 2e-6;

    // A P&L computed in double precision and stored in single: 2⁻²⁴, 6e-8.
    const double StoredTolerance = 1e-7;

    const int OracleBlock = 256;

    [Theory]
    [InlineData(Precision.Double, DoubleTolerance)]
    [InlineData(Precision.Mixed, MixedTolerance)]
    [Trait("Category", "Slow")]
    public void Every_account_of_the_sample_agrees_in_every_scenario(Precision precision, double tolerance) =>
        AssertAgrees(Dow30.Read(precision, scenarios: 2000), tolerance);

    [Theory]
    [InlineData(Precision.Double, DoubleTolerance)]
    [InlineData(Precision.Mixed, MixedTolerance)]
    public void A_generated_set_agrees_in_every_scenario(Precision precision, double tolerance)
    {
        ClearingSet set = SyntheticClearingSet.Generate(new SyntheticOptions
        {
            Factors = 41,
            Instruments = 1100,
            Accounts = 30,
            PositionsPerAccount = 80,
            OptionShare = 0.7,
            HorizonDays = 3,
            Scenarios = 200,
        });
        AssertAgrees(set with { Settings = set.Settings with { Precision = precision } }, tolerance);
    }

    [Theory]
    [InlineData(Precision.Double, Ageing.None, 1, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.Horizon, 1, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.Horizon, 5, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.None, 0, DoubleTolerance)]
    [InlineData(Precision.Mixed, Ageing.None, 1, MixedTolerance)]
    [InlineData(Precision.Mixed, Ageing.Horizon, 1, MixedTolerance)]
    [InlineData(Precision.Mixed, Ageing.Horizon, 5, MixedTolerance)]
    [InlineData(Precision.Mixed, Ageing.None, 0, MixedTolerance)]
    public void All_types_currencies_and_factors_agree_in_every_scenario(Precision precision, Ageing ageing, int horizon, double tolerance)
    {
        foreach (int factors in (int[])[1, 2, 3, 4, 5, 17])
        {
            VariedSet shape = new() { Factors = factors, Instruments = 7 * 4 * 6, Accounts = 9, Positions = 60, Scenarios = 300, Ageing = ageing, Horizon = horizon };
            AssertAgrees(shape.Build(precision), tolerance);
        }
    }

    [Theory]
    [InlineData(Precision.Double, Ageing.None, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.Horizon, DoubleTolerance)]
    [InlineData(Precision.Mixed, Ageing.None, MixedTolerance)]
    [InlineData(Precision.Mixed, Ageing.Horizon, MixedTolerance)]
    public void Every_kind_on_an_additive_price_agrees_in_every_scenario(Precision precision, Ageing ageing, double tolerance)
    {
        VariedSet shape = new() { Instruments = 7 * 4 * 6, Scenarios = 300, Ageing = ageing, Additive = true };
        AssertAgrees(OneAccountEach(shape.Build(precision)), tolerance);
    }

    [Theory]
    [InlineData(Precision.Double, Ageing.None, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.Horizon, DoubleTolerance)]
    [InlineData(Precision.Mixed, Ageing.None, MixedTolerance)]
    [InlineData(Precision.Mixed, Ageing.Horizon, MixedTolerance)]
    public void Every_kind_with_a_curve_agrees_in_every_scenario(Precision precision, Ageing ageing, double tolerance)
    {
        VariedSet shape = new() { Factors = 8, Instruments = 8 * 4 * 6, Scenarios = 300, Ageing = ageing, Curves = true, OnFutures = true };
        AssertAgrees(OneAccountEach(shape.Build(precision)), tolerance);
    }

    [Theory]
    [InlineData(Precision.Double, Ageing.None, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.Horizon, DoubleTolerance)]
    [InlineData(Precision.Mixed, Ageing.None, MixedTolerance)]
    [InlineData(Precision.Mixed, Ageing.Horizon, MixedTolerance)]
    public void Every_kind_of_option_on_a_surface_agrees_in_every_scenario(Precision precision, Ageing ageing, double tolerance)
    {
        foreach (int factors in (int[])[4, 20])
        {
            VariedSet shape = new() { Factors = factors, Instruments = 8 * 4 * 6, Scenarios = 300, Ageing = ageing, Surfaces = true, Additive = true, OnFutures = true };
            AssertAgrees(OneAccountEach(shape.Build(precision)), tolerance);
            AssertAgrees(OneAccountEach((shape with { Additive = false, Curves = true }).Build(precision)), tolerance);
        }
    }

    // With strikes of a hundred times the price, ageing, rate and volatility factors and every currency, coin-margined or not.
    [Fact]
    public void Options_that_single_precision_would_lose_agree_in_every_scenario()
    {
        VariedSet shape = new() { Instruments = 7 * 4 * 6, Scenarios = 300, Ageing = Ageing.Horizon, Depth = 100 };
        ClearingSet set = OneAccountEach(shape.Build(Precision.Mixed));
        ValuationRun plan = MarginCalculator.Plan(set);
        double[,] found = Visited.ProfitAndLoss(new CpuBackend(), plan);
        double[,] expected = ReferencePortfolio.ProfitAndLoss(set, Visited.Paths(new CpuBackend(), set, set.Settings.HorizonDays));
        int[] inDouble = [.. Enumerable.Range(0, set.Instruments.Count).Where(i => plan.Instruments.InDouble[plan.Instruments.PlaceOf[i]])];
        Assert.True(inDouble.Length > 20);
        foreach (int i in inDouble)
        {
            double[] exact = expected.Row(i);
            double largest = exact.Max(Math.Abs), error = exact.Select((value, s) => Math.Abs(value - found[s, i])).Max();
            Assert.True(error <= StoredTolerance * largest, $"{error / largest:E2} of the largest P&L of {set.Instruments[i].Name}");
        }
    }

    [Theory]
    [InlineData(Precision.Double, DoubleTolerance)]
    [InlineData(Precision.Mixed, MixedTolerance)]
    public void Each_instrument_alone_agrees_in_every_scenario(Precision precision, double tolerance)
    {
        VariedSet shape = new() { Factors = 5, Instruments = 8 * 4 * 6, Scenarios = 300, Ageing = Ageing.Horizon, OnFutures = true };
        AssertAgrees(OneAccountEach(shape.Build(precision)), tolerance);
    }

    internal static ClearingSet OneAccountEach(ClearingSet set)
    {
        int[] all = [.. Enumerable.Range(0, set.Instruments.Count)];
        return set with
        {
            Accounts = [.. set.Instruments.Select(instrument => instrument.Name)],
            Positions = new PositionTable(all, all, [.. all.Select(_ => 1.0)]),
        };
    }

    void AssertAgrees(ClearingSet set, double tolerance)
    {
        CpuBackend backend = new();
        ValuationRun plan = MarginCalculator.Plan(set);
        double[][,] path = set.Settings.HorizonDays == 0 ? [Visited.Scenarios(backend, plan)] : Visited.Paths(backend, set, set.Settings.HorizonDays);
        double[,] found = Visited.ProfitAndLoss(backend, plan);
        double[] gross = ReferencePortfolio.GrossNotionals(set);
        (double Error, int Account, int Scenario)[] worst = new (double, int, int)[(set.Settings.Scenarios + OracleBlock - 1) / OracleBlock];
        Parallel.For(0, worst.Length, block =>
        {
            int first = block * OracleBlock;
            int count = Math.Min(OracleBlock, set.Settings.Scenarios - first);
            double[,] expected = ReferencePortfolio.ProfitAndLoss(set, [.. path.Select(day => Rows(day, first, count))]);
            for (int account = 0; account < gross.Length; account++)
            {
                for (int s = 0; s < count; s++)
                {
                    double error = Math.Abs(found[first + s, account] - expected[account, s]);
                    double relative = error == 0 ? 0 : error / gross[account];
                    if (!(relative <= worst[block].Error))
                    {
                        worst[block] = (relative, account, first + s);
                    }
                }
            }
        });
        var (largest, where, when) = worst.MaxBy(w => double.IsNaN(w.Error) ? double.PositiveInfinity : w.Error);
        output.WriteLine($"{set.Factors.Count} factors: largest difference {largest:E2} of gross notional, account {set.Accounts[where]}, scenario {when}");
        Assert.True(largest <= tolerance, $"{largest:E2} of gross notional, account {set.Accounts[where]}, scenario {when}");
    }

    static double[,] Rows(double[,] table, int first, int count)
    {
        double[,] rows = new double[count, table.GetLength(1)];
        Array.Copy(table, (long)first * table.GetLength(1), rows, 0, rows.Length);
        return rows;
    }
}
