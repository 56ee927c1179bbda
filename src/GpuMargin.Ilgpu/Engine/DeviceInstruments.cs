using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Kernels;
using GpuMargin.Revaluation;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Revalues all instruments in slices of scenarios on a device.</summary>
sealed class DeviceInstruments<T>
    where T : unmanaged, IDeviceLane<T>
{
    readonly DeviceKernels<T> kernels;
    readonly int width;
    readonly int rowCount, surfaceCount, deltaOnes, optionCount;
    readonly ArrayView<GrowthRow> growths;
    readonly ArrayView<T> gearings;
    readonly ArrayView<SurfaceContract<T>> surfaces;
    readonly ArrayView<DeltaOneContract<T>> contracts;
    readonly ArrayView<OptionRows> optionRows;
    readonly ArrayView<OptionTerms<T>> terms;
    readonly ArrayView<Conversion<T>> conversions;
    readonly ArrayView<NormalContract<T>> normals;
    readonly DeviceAmerican<T> american;
    readonly int normalCount;
    readonly ArrayView<DoubleOption> inDouble;
    readonly int inDoubleCount;
    readonly ArrayView<T> rows;

    /// <param name="held">Per instrument, whether a position needs it; the others have no rows and are not revalued.</param>
    public DeviceInstruments(DeviceBuffers buffers, Upload upload, DeviceKernels<T> kernels, InstrumentPlan plan, bool[] held, int width)
    {
        this.kernels = kernels;
        this.width = width;

        GrowthRows shared = new();
        InstrumentRows[] numbers = [.. Enumerable.Range(0, plan.Count).Select(i => held[i] ? InstrumentRows.Of(plan, i, shared) : default)];
        int[] moved = [.. Enumerable.Range(0, plan.Count).Where(i => held[i] && plan.Surfaces[i] is not null)];
        SurfaceContract<T>[] contracted = [.. moved.Select(i => SurfaceContract<T>.Of(plan, i, numbers[i]))];
        (rowCount, surfaceCount) = (shared.Count, moved.Length);
        for (int k = 0; k < moved.Length; k++)
        {
            int own = rowCount + MoveVolatilities<T>.Rows * k;
            contracted[k] = contracted[k] with { Target = own };
            numbers[moved[k]] = numbers[moved[k]] with { Volatility = own, VolatilityUp = own + 1, VolatilityDown = own + 2 };
        }

        surfaces = upload.Items<SurfaceContract<T>>(contracted);
        growths = upload.Items<GrowthRow>([.. Enumerable.Range(0, rowCount).Select(row => shared[row])]);
        gearings = upload.Lanes<T>([.. Enumerable.Range(0, rowCount).Select(shared.Gearing)]);
        int[] deltaOne = [.. Enumerable.Range(0, plan.Count).Where(i => held[i] && !plan.IsOption[i])];
        int[] options = [.. Enumerable.Range(0, plan.Count).Where(i => held[i] && plan.IsOption[i] && !plan.Additive[i] && plan.American[i] is null)];
        (deltaOnes, optionCount) = (deltaOne.Length, options.Length);
        contracts = upload.Items<DeltaOneContract<T>>([.. deltaOne.Select(i => DeltaOneContract<T>.Of(plan, i, numbers[i]))]);
        optionRows = upload.Items<OptionRows>([.. options.Select(i => OptionRows.Of(plan, i, numbers[i]))]);
        terms = upload.Items<OptionTerms<T>>([.. options.Select(i => OptionTerms<T>.Of(plan, i))]);
        conversions = upload.Items<Conversion<T>>([.. options.Select(i => Conversion<T>.Of(plan, i, numbers[i]))]);
        int[] normal = [.. Enumerable.Range(0, plan.Count).Where(i => held[i] && plan.IsOption[i] && plan.Additive[i])];
        normalCount = normal.Length;
        normals = upload.Items<NormalContract<T>>([.. normal.Select(i => NormalContract<T>.Of(plan, i, numbers[i]))]);
        int[] places = [.. Enumerable.Range(0, plan.Count).Where(i => held[i] && plan.InDouble[i] && plan.American[i] is null)];
        inDoubleCount = places.Length;
        inDouble = upload.Items<DoubleOption>([.. places.Select(i => DoubleOption.Of(plan, i, numbers[i]))]);
        american = new DeviceAmerican<T>(upload, plan, held, numbers);
        rows = buffers.Allocate<T>((rowCount + (long)MoveVolatilities<T>.Rows * surfaceCount) * width).View.BaseView;
        Changes = buffers.Allocate<T>((long)plan.Count * width).View.BaseView;
    }

    /// <summary>[instrument, scenario], run currency; undefined of instruments that are not held.</summary>
    public ArrayView<T> Changes { get; }

    /// <summary>Elements that one scenario of a slice takes, at most.</summary>
    public static long ElementsPerScenario(InstrumentPlan plan) => plan.Count + MostRows(plan);

    /// <summary>Growth rows, at most: four of a shock that grows, one of a shock that is added, one of every rate of a curve, two of an instrument on an underlying with dividends, those of an option that a surface moves, and the ones.</summary>
    public static long MostRows(InstrumentPlan plan) => 4L * plan.Shocks.Count + Blends(plan) + 2L * plan.Gearing.Count(gearing => gearing != 1)
        + (long)MoveVolatilities<T>.Rows * plan.Surfaces.Count(surface => surface is not null) + 1;

    static int Blends(InstrumentPlan plan) =>
        Enumerable.Range(0, plan.Count).Select(plan.RateMove).Where(move => move != RateMove.Of(move.First)).Distinct().Count();

    public void Revalue(AcceleratorStream stream, ArrayView<T> shocks, DeviceClock clock)
    {
        kernels.FillRows(stream, rowCount * width, new FillRows<T> { Shocks = shocks, Rows = rows, Growths = growths, Gearings = gearings, Width = width });
        if (surfaceCount > 0)
        {
            kernels.MoveVolatilities(stream, surfaceCount * width, new MoveVolatilities<T>
            {
                Contracts = surfaces,
                Shocks = shocks,
                Growths = rows,
                Width = width,
            });
        }

        if (deltaOnes > 0)
        {
            kernels.RevalueDeltaOne(stream, deltaOnes * width, new RevalueDeltaOne<T>
            {
                Contracts = contracts,
                Shocks = shocks,
                Rows = rows,
                Changes = Changes,
                Width = width,
            });
        }

        if (optionCount > 0)
        {
            kernels.RevalueOptions(stream, optionCount * (width / RevalueOptions<T>.Repeats), new RevalueOptions<T>
            {
                OptionRows = optionRows,
                Terms = terms,
                Conversions = conversions,
                Shocks = shocks,
                Rows = rows,
                Changes = Changes,
                Width = width,
            });
        }

        if (normalCount > 0)
        {
            kernels.RevalueNormalOptions(stream, normalCount * width, new RevalueNormalOptions<T>
            {
                Contracts = normals,
                Shocks = shocks,
                Rows = rows,
                Changes = Changes,
                Width = width,
            });
        }

        american.Revalue(stream, kernels, shocks, rows, Changes, width);
        if (inDoubleCount > 0)
        {
            kernels.RevalueInDouble(stream, inDoubleCount * width, new RevalueInDouble<T> { Options = inDouble, Shocks = shocks, Rows = rows, Changes = Changes, Width = width });
        }

        clock.Lap(Stage.Revalue);
    }
}
