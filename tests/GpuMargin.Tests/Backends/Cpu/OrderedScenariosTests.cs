using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Backends.Cpu;

public sealed class OrderedScenariosTests
{
    static readonly ValuationRun s_plan = OfOneNormal(new VariedSet { Factors = 4, Horizon = 1, Scenarios = 1_100 }.Build(Precision.Mixed));

    [Fact]
    public void Tiles_hold_every_scenario_once_and_the_ends_come_first()
    {
        using OrderedScenarios<Float32> ordered = OrderedScenarios<Float32>.Of<UInt32x1>(s_plan)!;
        int[][] tiles = [.. Enumerable.Range(0, 18).Select(tile => ordered.Scenarios(tile, 1_100).ToArray())];
        Assert.Equal(Enumerable.Range(0, 1_100), tiles.SelectMany(tile => tile).Order());
        Assert.Equal(1_100 - 17 * 64, tiles[1].Length);
        double[,] shocks = Visited.Scenarios(new CpuBackend(1, LaneWidth.Scalar), s_plan);
        Assert.True(tiles[0].Max(s => shocks[s, 0]) < tiles[2].Min(s => shocks[s, 0]));
        Assert.True(tiles[1].Min(s => shocks[s, 0]) > tiles[2].Max(s => shocks[s, 0]));
    }

    [Fact]
    public void Other_runs_have_no_such_order()
    {
        ScenarioPlan plan = (ScenarioPlan)s_plan.Source;
        double[] two = [.. plan.CorrelationFactor];
        two[^1] = 0.5;
        Assert.Null(Of(s_plan with { Source = plan with { CorrelationFactor = two } }));
        Assert.Null(Of(s_plan with { Source = plan with { Jumps = [new FactorJump(0, 1, -1, [3])] } }));
        Assert.Null(Of(s_plan with { FingerprintRows = 1 }));
        Assert.Null(Of(s_plan with { Scenarios = 1_000 }));
        Assert.Null(Of(s_plan with { Positions = s_plan.Positions with { Remainders = new RemainderRows([0], [0, 1], [1]) } }));
        Assert.Null(Of(OfOneNormal(new VariedSet { Factors = 4, Horizon = 2, Scenarios = 1_100 }.Build(Precision.Mixed))));
        Assert.NotNull(Of(s_plan));

        static object? Of(ValuationRun run)
        {
            using OrderedScenarios<Float32>? ordered = OrderedScenarios<Float32>.Of<UInt32x1>(run);
            return ordered;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_sum_that_overflows_is_refused_in_its_scenario(int side)
    {
        double[] quantity = [.. s_plan.Positions.Quantity];
        for (int k = s_plan.Positions.Start[2]; k < s_plan.Positions.Start[3]; k++)
        {
            quantity[k] *= side * 1e38;
        }

        ValuationRun run = s_plan with { Positions = s_plan.Positions with { Quantity = quantity } };
        NonFiniteProfitAndLossException thrown = Assert.Throws<NonFiniteProfitAndLossException>(() => new CpuBackend().Run(run));
        Assert.Equal(run.Positions.Key(2), thrown.Row);
        int block = thrown.Scenario / ValuationRun.ScenarioBlock * ValuationRun.ScenarioBlock;
        Assert.Throws<NonFiniteProfitAndLossException>(() => new CpuBackend().Run(run.Range(block, Math.Min(ValuationRun.ScenarioBlock, 1_100 - block))));
    }

    static ValuationRun OfOneNormal(ClearingSet set)
    {
        ValuationRun run = MarginCalculator.Plan(set);
        double[] one = [.. Enumerable.Range(0, set.Factors.Count).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => j == 0 ? 1.0 : 0))];
        return run with { Source = (ScenarioPlan)run.Source with { CorrelationFactor = one }, FingerprintRows = 0 };
    }
}
