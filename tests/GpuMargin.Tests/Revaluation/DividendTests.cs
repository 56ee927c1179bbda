using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.Revaluation;

/// <summary>Cash dividends in the escrowed model: the engine against the formulas, in every scenario and with the engine's own shocks.</summary>
public sealed class DividendTests
{
    const double DoubleTolerance = 1e-12, MixedTolerance = 2e-6; // of notional, as without dividends

    [Theory]
    [InlineData(Precision.Double, Ageing.None, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.Horizon, DoubleTolerance)]
    [InlineData(Precision.Mixed, Ageing.None, MixedTolerance)]
    [InlineData(Precision.Mixed, Ageing.Horizon, MixedTolerance)]
    public void Profit_and_loss_is_that_of_the_formulas_in_every_scenario(Precision precision, Ageing ageing, double tolerance) =>
        AssertAgrees(DividendSet.Of(precision, ageing), tolerance);

    // Each dividend is discounted by the zero rate to its ex-date; with factor 2 the nodes move.
    [Theory]
    [InlineData(Precision.Double, Ageing.None, -1, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.Horizon, -1, DoubleTolerance)]
    [InlineData(Precision.Double, Ageing.Horizon, 2, DoubleTolerance)]
    [InlineData(Precision.Mixed, Ageing.Horizon, 2, MixedTolerance)]
    public void With_a_curve_it_is_that_of_the_formulas_too(Precision precision, Ageing ageing, int factor, double tolerance)
    {
        ClearingSet set = DividendSet.Of(precision, ageing);
        ZeroCurve curve = new("USD", [new CurveNode(10, .01, factor), new CurveNode(100, .06), new CurveNode(400, .02, factor)]);
        AssertAgrees(
            set with
            {
                Instruments = [.. set.Instruments.Select(instrument => instrument.YearsToExpiry > 0 ? instrument with { Rate = 0, RateFactor = -1, Curve = curve } : instrument)],
            },
            tolerance);
    }

    // 60 % a day: the stock falls below its dividends now and then.
    [Fact]
    public void A_price_below_its_dividends_is_held_counted_and_warned_of()
    {
        ClearingSet set = DividendSet.Of(Precision.Double, Ageing.None, variance: 1.5, scenarios: 500);
        int call = set.Instruments.ToList().FindIndex(instrument => instrument.Name == "put in euro");
        set = set with { Positions = new PositionTable([call], [call], [1]) };
        double[,] shocks = Visited.Scenarios(new CpuBackend(), MarginCalculator.Plan(set));
        double cash = DividendSet.Dividends.Sum(dividend => dividend.Amount * Math.Exp(-.03 * dividend.Years));
        int below = Enumerable.Range(0, 500).Count(s => DividendSet.Level * Math.Exp(shocks[s, 0]) < cash);

        Assert.InRange(below, 2, 200);
        AssertAgrees(set, DoubleTolerance * 100);
        Assert.Contains(
            FormattableString.Invariant($"{below} of 500 scenarios take 'STOCK' below the present value of its dividends"),
            string.Join('\n', MarginCalculator.Calculate(set, new CpuBackend()).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Usual_scenarios_warn_of_nothing() =>
        Assert.DoesNotContain("below the present value", string.Join('\n', MarginCalculator.Calculate(DividendSet.Of(Precision.Mixed, Ageing.None), new CpuBackend()).Warnings), StringComparison.Ordinal);

    // The holder has S·(e^f − 1) whether a dividend goes ex or not.
    [Fact]
    public void A_holding_and_a_perpetual_have_the_profit_of_a_stock_without_dividends()
    {
        ClearingSet set = DividendSet.Of(Precision.Double, Ageing.Horizon);
        ClearingSet without = set with { Instruments = [.. set.Instruments.Select(instrument => instrument with { Dividends = [] })] };
        double[,] with = Visited.ProfitAndLoss(new CpuBackend(), MarginCalculator.Plan(set)), plain = Visited.ProfitAndLoss(new CpuBackend(), MarginCalculator.Plan(without));
        for (int s = 0; s < set.Settings.Scenarios; s++)
        {
            Assert.Equal(plain[s, 0], with[s, 0]);
            Assert.Equal(plain[s, 1], with[s, 1]);
        }
    }

    // Bought stock, sold call, bought put: the strike less dividends, whatever the stock does.
    [Theory]
    [InlineData(Ageing.None)]
    [InlineData(Ageing.Horizon)]
    public void Put_and_call_differ_by_the_future(Ageing ageing)
    {
        ClearingSet set = DividendSet.Of(Precision.Double, ageing);
        Instrument call = set.Instruments.Single(instrument => instrument.Name == "call"), future = set.Instruments.Single(instrument => instrument.Name == "future");
        set = set with
        {
            Instruments = [call, call with { Name = "put", Right = OptionRight.Put }, future],
            Accounts = ["a", "b", "c"],
            Positions = new PositionTable([0, 1, 2], [0, 1, 2], [1, -1, 1]),
        };
        double[,] found = Visited.ProfitAndLoss(new CpuBackend(), MarginCalculator.Plan(set));
        double left = call.YearsToExpiry - (ageing == Ageing.Horizon ? 2 / 365.0 : 0);
        double today = found[0, 0] + found[0, 1] - found[0, 2] * Math.Exp(-.03 * left);
        for (int s = 1; s < set.Settings.Scenarios; s++)
        {
            Assert.Equal(today, found[s, 0] + found[s, 1] - found[s, 2] * Math.Exp(-.03 * left), 1e-9);
        }
    }

    [Theory]
    [InlineData(-.3)]
    [InlineData(.3)]
    public void Stress_moves_and_the_grid_move_what_the_engine_moves(double shock)
    {
        ClearingSet set = DividendSet.Of(Precision.Double, Ageing.None);
        InstrumentPlan plan = MarginCalculator.Plan(set).Instruments;
        ReferenceValuation reference = new(set);
        for (int i = 0; i < set.Instruments.Count; i++)
        {
            Assert.Equal(reference.ProfitAndLoss(i, [shock, .1, .01, .05]), MovedInstruments.UnderShocks(plan, plan.PlaceOf[i], [shock, .1, .01, .05]), 1e-7);
            Assert.Equal(
                reference.ProfitAndLoss(i, [shock, 0, 0, 0]),
                MovedInstruments.UnderReturn(plan, plan.PlaceOf[i], Math.Exp(shock) - 1, set.Instruments[i].Volatility, rateMoves: false), 1e-7);
        }
    }

    [Fact]
    public void The_grid_rolls_the_future_and_liquidity_takes_its_delta()
    {
        ClearingSet set = DividendSet.Of(Precision.Double, Ageing.None);
        InstrumentPlan plan = MarginCalculator.Plan(set).Instruments;
        double forward = (DividendSet.Level - DividendSet.Dividends.Take(3).Sum(dividend => dividend.Amount * Math.Exp(-.03 * dividend.Years))) * Math.Exp(.03 * .4);
        foreach (int i in (int[])[2, 3])
        {
            Assert.Equal(10 * forward, MovedInstruments.Size(plan, plan.PlaceOf[i]), 1e-9);
            Assert.Equal(10 * Math.Exp(.03 * .4), set.Instruments[i].Type.Delta(set.Instruments[i], set.Factors[0], .4, 1e-14), 1e-9);
        }
    }

    // One logarithm and one growth for all options with the same dividends.
    [Fact]
    public void Instruments_with_equal_dividends_share_their_rows()
    {
        InstrumentPlan plan = MarginCalculator.Plan(DividendSet.Of(Precision.Mixed, Ageing.None)).Instruments;
        GrowthRows rows = new();
        InstrumentRows first = InstrumentRows.Of(plan, plan.PlaceOf[5], rows);
        int count = rows.Count;

        Assert.Equal(first, InstrumentRows.Of(plan, plan.PlaceOf[6], rows));
        Assert.Equal(count, rows.Count);
        Assert.Equal(InstrumentRows.Shock, InstrumentRows.Of(plan, plan.PlaceOf[11], rows).LogReturn);
    }

    static void AssertAgrees(ClearingSet set, double tolerance)
    {
        double[,] found = Visited.ProfitAndLoss(new CpuBackend(), MarginCalculator.Plan(set));
        double[,] expected = ReferencePortfolio.ProfitAndLoss(set, Visited.Paths(new CpuBackend(), set, set.Settings.HorizonDays));
        double[] gross = ReferencePortfolio.GrossNotionals(set);
        for (int account = 0; account < gross.Length; account++)
        {
            double notional = Math.Max(gross[account], set.Instruments[account].Strike is var strike and > 0 ? 10 * strike : 0);
            for (int s = 0; s < set.Settings.Scenarios; s++)
            {
                Assert.True(
                    Math.Abs(found[s, account] - expected[account, s]) <= tolerance * notional,
                    FormattableString.Invariant($"{set.Accounts[account]}, scenario {s}: {found[s, account]:R} instead of {expected[account, s]:R}"));
            }
        }
    }
}
