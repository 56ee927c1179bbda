using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.Surfaces;
using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>An option whose volatility a surface moves.</summary>
/// <param name="First">Row of a pivot's shock, here and below.</param>
/// <param name="Underlying">Row of the underlying's shock.</param>
/// <param name="LogReturn">Row of the log-return of the underlying less its dividends; <see cref="InstrumentRows.Shock"/>: the shock is it.</param>
/// <param name="Rate">Row of the rate's change, among the growth rows; −1: none, or the underlying is a future.</param>
/// <param name="Target">Row of the volatility's shock; its growth and the growth of its opposite follow.</param>
readonly record struct SurfaceContract<T>(
    int First, int Second, int Third, int Fourth, int Underlying, int LogReturn, int Rate, int Target, T Years, SurfaceMove<T> Move)
    where T : unmanaged, IDeviceLane<T>
{
    /// <returns>Without its target.</returns>
    public static SurfaceContract<T> Of(InstrumentPlan plan, int i, InstrumentRows rows)
    {
        SurfaceTerms terms = plan.Surfaces[i]!;
        return new SurfaceContract<T>(
            terms.Shocks[0], terms.Shocks[1], terms.Shocks[2], terms.Shocks[3],
            plan.UnderlyingShock[i], rows.LogReturn, plan.RateShock[i] < 0 || plan.OnFuture[i] ? -1 : rows.Rate, 0, T.Of(plan.Years[i]), terms.Move<T>());
    }
}

/// <summary>Move of one option's volatility by its surface in one scenario.</summary>
readonly struct MoveVolatilities<T> : IKernel
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>Rows of an option.</summary>
    public const int Rows = 3;

    public required ArrayView<SurfaceContract<T>> Contracts { get; init; }

    /// <summary>[shock, scenario].</summary>
    public required ArrayView<T> Shocks { get; init; }

    /// <summary>[row, scenario].</summary>
    public required ArrayView<T> Growths { get; init; }

    public required int Width { get; init; }

    public void Run(int index)
    {
        int i = (int)((uint)index / (uint)Width);
        int s = index - i * Width;
        SurfaceContract<T> contract = Contracts[i];
        T move = contract.Move.OfPivots(
            Shocks[contract.First * Width + s], Shocks[contract.Second * Width + s], Shocks[contract.Third * Width + s], Shocks[contract.Fourth * Width + s]);
        if (contract.Move.IsSticky)
        {
            T forward;
            if (contract.LogReturn != InstrumentRows.Shock)
            {
                forward = Growths[contract.LogReturn * Width + s];
            }
            else
            {
                forward = Shocks[contract.Underlying * Width + s];
            }

            if (contract.Rate >= 0)
            {
                forward = ForwardGrowth.LogReturn(forward, Growths[contract.Rate * Width + s], contract.Years);
            }

            move = contract.Move.With(move, forward);
        }

        int target = contract.Target * Width + s;
        Growths[target] = move;
        Growths[target + Width] = Elementary.Exp(move);
        Growths[target + 2 * Width] = Elementary.Exp(-move);
    }
}
