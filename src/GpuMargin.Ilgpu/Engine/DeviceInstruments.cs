using GpuMargin.Backends.Cpu;
using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Revaluation;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Revalues all instruments in slices of scenarios on a device.</summary>
sealed class DeviceInstruments<T>
    where T : unmanaged, IDeviceLane<T>
{
    readonly InstrumentPlan plan;
    readonly DeviceKernels<T> kernels;
    readonly int width;
    readonly int rowCount;
    readonly ArrayView<GrowthRow> growths;
    readonly ArrayView<DeltaOneContract<T>> contracts;
    readonly ArrayView<OptionRows> optionRows;
    readonly ArrayView<OptionTerms<T>> terms;
    readonly ArrayView<Conversion<T>> conversions;
    readonly ArrayView<T> rows;

    public DeviceInstruments(DeviceBuffers buffers, Upload upload, DeviceKernels<T> kernels, InstrumentPlan plan, int width)
    {
        this.plan = plan;
        this.kernels = kernels;
        this.width = width;

        FactorRowMap map = new();
        InstrumentRows[] numbers = [.. Enumerable.Range(0, plan.Count).Select(i => InstrumentRows.Of(plan, i, map))];
        rowCount = map.Count;
        GrowthRow[] growth = new GrowthRow[rowCount];
        growth[FactorRowMap.Ones] = new GrowthRow(-1, 0, 0);
        for (int row = FactorRowMap.Ones + 1; row < map.Count; row++)
        {
            (int factor, Growth kind) = map[row];
            growth[row] = new GrowthRow(factor, kind is Growth.Down or Growth.DownLessOne ? 1 : 0, kind is Growth.UpLessOne or Growth.DownLessOne ? 1 : 0);
        }

        growths = upload.Items<GrowthRow>(growth);
        contracts = upload.Items<DeltaOneContract<T>>([.. Enumerable.Range(0, plan.FirstOption).Select(i => Contract(plan, i, numbers[i]))]);
        int[] options = [.. Enumerable.Range(plan.FirstOption, plan.Count - plan.FirstOption)];
        optionRows = upload.Items<OptionRows>([.. options.Select(i => Rows(plan, i, numbers[i]))]);
        terms = upload.Items<OptionTerms<T>>([.. options.Select(i => Terms(plan, i))]);
        conversions = upload.Items<Conversion<T>>([.. options.Select(i => Conversion(plan, i, numbers[i]))]);
        rows = buffers.Allocate<T>((long)rowCount * width).View.BaseView;
        Changes = buffers.Allocate<T>((long)plan.Count * width).View.BaseView;
    }

    /// <summary>[instrument, scenario], run currency.</summary>
    public ArrayView<T> Changes { get; }

    /// <summary>Elements that one scenario of a slice takes, at most.</summary>
    public static long ElementsPerScenario(InstrumentPlan plan, int factors) => plan.Count + 4L * factors + 1;

    public void Revalue(AcceleratorStream stream, ArrayView<T> shocks, DeviceClock clock)
    {
        kernels.FillRows(stream, rowCount * width, new FillRows<T> { Shocks = shocks, Rows = rows, Growths = growths, Width = width });
        if (plan.FirstOption > 0)
        {
            kernels.RevalueDeltaOne(stream, plan.FirstOption * width, new RevalueDeltaOne<T>
            {
                Contracts = contracts,
                Shocks = shocks,
                Rows = rows,
                Changes = Changes,
                Width = width,
            });
        }

        if (plan.Count > plan.FirstOption)
        {
            kernels.RevalueOptions(stream, (plan.Count - plan.FirstOption) * (width / RevalueOptions<T>.Repeats), new RevalueOptions<T>
            {
                OptionRows = optionRows,
                Terms = terms,
                Conversions = conversions,
                Shocks = shocks,
                Rows = rows,
                Changes = Changes,
                FirstOption = plan.FirstOption,
                Width = width,
            });
        }

        clock.Lap(DeviceStage.Revalue);
    }

    static DeltaOneContract<T> Contract(InstrumentPlan plan, int i, InstrumentRows rows) => new(
        rows.Forward, plan.Underlying[i], plan.RateFactor[i], plan.Inverse[i] ? 1 : 0,
        T.Of(plan.Years[i]), T.Of(plan.Scale[i]), T.Of(plan.Carry[i]), Conversion(plan, i, rows));

    static OptionRows Rows(InstrumentPlan plan, int i, InstrumentRows rows) => new(
        plan.Underlying[i], plan.RateFactor[i], rows.Asset, rows.Strike, rows.VolatilityUp, rows.VolatilityDown, plan.Inverse[i] ? 1 : 0);

    static OptionTerms<T> Terms(InstrumentPlan plan, int i) => new(
        T.Of(plan.LogMoneyness[i]), T.Of(plan.Right[i] * plan.Asset[i]), T.Of(plan.Right[i] * plan.Strike[i]),
        T.Of(0.5 * plan.Right[i] * plan.Deviation[i]), T.Of(plan.Right[i] / plan.Deviation[i]), T.Of(plan.OptionValue[i]), T.Of(plan.Years[i]));

    static Conversion<T> Conversion(InstrumentPlan plan, int i, InstrumentRows rows) => new(
        plan.FxFactor[i] < 0 ? -1 : rows.Fx, rows.FxLessOne, T.Of(plan.FxRate[i]), T.Of(plan.HeldValue[i]));
}
