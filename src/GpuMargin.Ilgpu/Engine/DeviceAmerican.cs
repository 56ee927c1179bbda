using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.American;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>The American options of a plan on a device.</summary>
sealed class DeviceAmerican<T>
    where T : unmanaged, IDeviceLane<T>
{
    readonly int count, inDoubleCount;
    readonly ArrayView<AmericanContract<T>> contracts;
    readonly ArrayView<DoubleAmerican> inDouble;
    readonly DevicePremiums<T> premiums;
    readonly DevicePremiums<DeviceFloat64> premiumsInDouble;

    /// <param name="held">Per instrument, whether a position needs it.</param>
    public DeviceAmerican(Upload upload, InstrumentPlan plan, bool[] held, InstrumentRows[] rows)
    {
        int[] all = [.. Enumerable.Range(0, plan.Count).Where(i => held[i] && plan.American[i] is not null)];
        int[] working = [.. all.Where(i => !plan.InDouble[i])], doubles = [.. all.Where(i => plan.InDouble[i])];
        AmericanPieces<T> pieces = new(plan, held);
        AmericanPieces<DeviceFloat64> piecesInDouble = new(plan, held);
        (count, inDoubleCount) = (working.Length, doubles.Length);
        contracts = upload.Items<AmericanContract<T>>([.. working.Select(i => AmericanContract<T>.Of(plan, i, rows[i], pieces.FirstOf(i)))]);
        inDouble = upload.Items<DoubleAmerican>([.. doubles.Select(i => DoubleAmerican.Of(plan, i, rows[i], piecesInDouble.FirstOf(i)))]);
        double[] coefficients = plan.Premiums.Coefficients;
        premiums = new DevicePremiums<T> { Coefficients = upload.Lanes<T>(coefficients), Pieces = upload.Items(pieces.Values), ExDates = upload.Items(pieces.ExDates) };
        premiumsInDouble = new DevicePremiums<DeviceFloat64>
        {
            Coefficients = upload.Lanes<DeviceFloat64>(doubles.Length == 0 ? [] : coefficients),
            Pieces = upload.Items(piecesInDouble.Values),
            ExDates = upload.Items(piecesInDouble.ExDates),
        };
    }

    public void Revalue(AcceleratorStream stream, DeviceKernels<T> kernels, ArrayView<T> shocks, ArrayView<T> rows, ArrayView<T> changes, int width)
    {
        if (count > 0)
        {
            kernels.RevalueAmerican(stream, count * width, new RevalueAmerican<T>
            {
                Contracts = contracts,
                Premiums = premiums,
                Shocks = shocks,
                Rows = rows,
                Changes = changes,
                Width = width,
            });
        }

        if (inDoubleCount > 0)
        {
            kernels.RevalueAmericanInDouble(stream, inDoubleCount * width, new RevalueAmericanInDouble<T>
            {
                Options = inDouble,
                Premiums = premiumsInDouble,
                Shocks = shocks,
                Rows = rows,
                Changes = changes,
                Width = width,
            });
        }
    }
}
