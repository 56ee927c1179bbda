using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Revaluation.Surfaces;
using Xunit;

namespace GpuMargin.Tests.Revaluation.Surfaces;

/// <summary>Arbitrage of surfaces that scenarios have moved.</summary>
public sealed class SurfaceGridTests
{
    static readonly SurfacePivot[] s_byTerm = [new(SurfaceSet.First, 30, double.NaN), new(SurfaceSet.Second, 180, double.NaN)];

    static readonly SurfacePivot[] s_byDelta = [new(SurfaceSet.First, 30, .3), new(SurfaceSet.Second, 30, .5), new(SurfaceSet.First, 30, .7)];

    [Theory]
    [InlineData(0, 0, 0, false)]
    [InlineData(.3, .3, 0, false)]
    [InlineData(-.5, -.5, -.1, false)]
    [InlineData(1.2, .1, 0, true)]
    [InlineData(0, -1, 0, true)]
    public void A_short_end_that_rises_more_than_the_calendar_allows_is_arbitrage(double near, double far, double price, bool expected) =>
        Assert.Equal(expected, new SurfaceGrid(SurfaceSet.Surface(1, s_byTerm), SurfaceSet.Price).HasArbitrage([price, near, far, 0, 0]));

    [Theory]
    [InlineData(.05, .05, false)]
    [InlineData(-.8, .8, true)]
    [InlineData(.8, -.8, true)]
    public void A_middle_that_leaves_its_wings_is_arbitrage(double wings, double middle, bool expected) =>
        Assert.Equal(expected, new SurfaceGrid(SurfaceSet.Surface(0, s_byDelta) with { Smiles = [SurfaceSet.Smiles[0]] }, SurfaceSet.Price).HasArbitrage([0, wings, middle, 0, 0]));

    [Fact]
    public void The_report_counts_the_scenarios_of_tails_with_arbitrage()
    {
        ClearingSet still = SurfaceSet.Of(Precision.Mixed, SurfaceSet.Option with { Surface = SurfaceSet.Surface(1, s_byTerm) });
        // Who is short loses most where the short end rises.
        ClearingSet wild = still with
        {
            Factors = [still.Factors[0], still.Factors[1] with { Variance = .5 }, .. still.Factors.Skip(2)],
            Positions = still.Positions with { Quantity = [-1] },
        };

        Assert.Equal(new MovedSurface("surface", "S", 3, 0), Assert.Single(Report(still with { Factors = [still.Factors[0], still.Factors[1] with { Variance = 1e-8 }, still.Factors[2] with { Variance = 1e-8 }, .. still.Factors.Skip(3)] }).Surfaces!));
        Assert.InRange(Assert.Single(Report(wild).Surfaces!).WithArbitrage, 1, 3);
        Assert.Null(Report(SurfaceSet.Of(Precision.Mixed, SurfaceSet.Option)).Surfaces);
    }

    static MarginReport Report(ClearingSet set) => MarginCalculator.Calculate(set, new CpuBackend());
}
