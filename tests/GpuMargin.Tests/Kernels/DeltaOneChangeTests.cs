using GpuMargin.Kernels.Lanes;
using Xunit;

namespace GpuMargin.Tests.Kernels;

public sealed class DeltaOneChangeTests
{
    const double Rounding = 1e-13; // of amounts near 1,000

    [Fact]
    public void A_future_gains_its_scale_times_the_growth_and_the_carry_and_is_converted_at_the_new_rate()
    {
        // 10 units at 100 up a tenth, carry 2; euro 1.25 → 1.5, holding worth 1,000.
        double[] y = LaneEvaluation.Values<Float64, DeltaOneChangeFunction>(Columns(.1, 1000, 2, 1.5, 1000, .25));
        Assert.Equal(102, y[0], Rounding);
        Assert.Equal((1102 * 1.5) - (1000 * 1.25), y[16], Rounding);
    }

    [Fact]
    public void What_is_settled_has_no_value_to_convert()
    {
        double[] y = LaneEvaluation.Values<Float64, DeltaOneChangeFunction>(Columns(-.5, 400, 0, 2, 0, .7));
        Assert.Equal(-200, y[0], Rounding);
        Assert.Equal(-400, y[16], Rounding);
    }

    [Fact]
    public void Positions_add_quantity_times_change_with_one_rounding()
    {
        // 1 + (1 + 2⁻³⁰)² has 61 bits: a product rounded first would lose the last one of its square.
        double x = 1 + Math.ScaleB(1, -30);
        double[] y = LaneEvaluation.Values<Float64, PositionSumFunction>(Columns(-(1 + Math.ScaleB(1, -29)), x, x));
        Assert.Equal(Math.ScaleB(1, -60), y[0]);
    }

    static double[][] Columns(params double[] row) => [.. row.Select(x => Enumerable.Repeat(x, 16).ToArray())];
}
