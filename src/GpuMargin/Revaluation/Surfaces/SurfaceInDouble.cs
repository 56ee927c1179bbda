using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.Surfaces;

/// <summary>Moves of an option's volatility under shocks that are given, in double precision.</summary>
static class SurfaceInDouble
{
    /// <summary>Shock of the logarithm of the volatility, by a factor or a surface.</summary>
    /// <param name="place">Place in the plan.</param>
    /// <param name="shocks">Per factor.</param>
    /// <param name="forward">Log-return of the forward.</param>
    public static double Shock(InstrumentPlan plan, int place, ReadOnlySpan<double> shocks, double forward)
    {
        if (plan.Surfaces[place] is not { } surface)
        {
            return plan.VolatilityShock[place] < 0 ? 0 : shocks[plan.Shocks[plan.VolatilityShock[place]].Factor];
        }

        SurfaceMove<Float64> move = surface.Move<Float64>();
        Float64 pivots = move.OfPivots(Of(0, shocks), Of(1, shocks), Of(2, shocks), Of(3, shocks));
        return move.IsSticky ? move.With(pivots, Float64.Of(forward)).Value : pivots.Value;

        Float64 Of(int pivot, ReadOnlySpan<double> shocks) => Float64.Of(shocks[plan.Shocks[surface.Shocks[pivot]].Factor]);
    }

    /// <summary>What a volatility is multiplied by when only the forward moves.</summary>
    /// <param name="growth">Of the forward.</param>
    public static double GrowthOfForward(InstrumentPlan plan, int place, double growth) =>
        plan.Surfaces[place] is { Smiles.Length: > 0 } surface
            ? HostMath.Exp(surface.Move<Float64>().With(Float64.Of(0), Float64.Of(HostMath.Log(growth))).Value)
            : 1;
}
