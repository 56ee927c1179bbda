using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Scenarios;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Draws, correlates and evolves slices of scenarios on a device.</summary>
sealed class DeviceScenarios<T> : IDisposable
    where T : unmanaged, IDeviceLane<T>
{
    const uint NormalStream = 0;
    const uint MixingStream = 1;

    readonly ScenarioPlan plan;
    readonly DeviceKernels<T> kernels;
    readonly int width;
    readonly ArrayView<T> correlation;
    readonly ArrayView<T> tables;
    readonly ArrayView<TableShape<T>> shapes;
    readonly ArrayView<FactorProcess<T>> processes;
    readonly TableShape<T> mixingShape;
    readonly MemoryBuffer1D<T, Stride1D.Dense> variates, correlated, variance, shocks, mixing;

    /// <param name="width">Scenarios in a slice.</param>
    public DeviceScenarios(Accelerator accelerator, Upload upload, DeviceKernels<T> kernels, ScenarioPlan plan, int width)
    {
        this.plan = plan;
        this.kernels = kernels;
        this.width = width;

        // Eight rows are read from any row on: room behind the last for rows that do not exist.
        double[] factor = new double[RowStart(plan.Factors + Correlate<T>.Rows)];
        plan.CorrelationFactor.CopyTo(factor, 0);
        correlation = upload.Lanes<T>(factor);

        List<double> coefficients = [];
        List<TableShape<T>> all = [];
        foreach (MonotoneTable table in plan.Mixing is null ? plan.Marginals : [.. plan.Marginals, plan.Mixing])
        {
            all.Add(new TableShape<T>(coefficients.Count, 2 * table.Cells, table.Resolution, table.Cells, T.Of(table.Origin), T.Of(table.Bound)));
            coefficients.AddRange(table.Values);
        }

        mixingShape = all[^1];
        tables = upload.Lanes<T>([.. coefficients]);
        shapes = upload.Items<TableShape<T>>([.. all]);
        processes = upload.Items<FactorProcess<T>>([.. Enumerable.Range(0, plan.Factors).Select(i => new FactorProcess<T>(
            plan.Marginal[i], T.Of(plan.Mean[i]), T.Of(plan.Variance[i]), T.Of(plan.Omega[i]), T.Of(plan.Alpha[i]), T.Of(plan.NegativeAlpha[i]), T.Of(plan.Beta[i])))]);

        long elements = (long)plan.Factors * width;
        variates = accelerator.Allocate1D<T>(elements);
        correlated = accelerator.Allocate1D<T>(elements);
        variance = accelerator.Allocate1D<T>(elements);
        shocks = accelerator.Allocate1D<T>(elements);
        mixing = accelerator.Allocate1D<T>(width);
    }

    /// <summary>[factor, scenario].</summary>
    public ArrayView<T> Shocks => shocks.View.BaseView;

    /// <summary>Elements that one scenario of a slice takes.</summary>
    public static long ElementsPerScenario(ScenarioPlan plan) => 4L * plan.Factors + 1;

    public void Generate(AcceleratorStream stream, int firstScenario, DeviceClock clock)
    {
        if (plan.Days == 0)
        {
            shocks.MemSetToZero(stream);
        }

        for (int day = 0; day < plan.Days; day++)
        {
            Draw(stream, firstScenario, day);
            clock.Lap(DeviceStage.Draw);
            kernels.Correlate(stream, Blocks(Correlate<T>.Rows) * width, new Correlate<T>
            {
                Factor = correlation,
                Variates = variates.View.BaseView,
                Correlated = correlated.View.BaseView,
                Factors = plan.Factors,
                Width = width,
            });
            clock.Lap(DeviceStage.Correlate);
            kernels.Evolve(stream, plan.Factors * width, new Evolve<T>
            {
                Correlated = correlated.View.BaseView,
                Mixing = mixing.View.BaseView,
                Variance = variance.View.BaseView,
                Shocks = Shocks,
                Tables = tables,
                Shapes = shapes,
                Processes = processes,
                Width = width,
                Mixed = plan.Mixing is null ? 0 : 1,
                FirstDay = day == 0 ? 1 : 0,
            });
            clock.Lap(DeviceStage.Evolve);
        }
    }

    void Draw(AcceleratorStream stream, int firstScenario, int day)
    {
        kernels.DrawNormals(stream, Blocks(4) * width, new DrawNormals<T>
        {
            Variates = variates.View.BaseView,
            Factors = plan.Factors,
            Width = width,
            Random = Random(firstScenario, day, NormalStream),
        });
        if (plan.Mixing is not null)
        {
            kernels.DrawMixing(stream, width, new DrawMixing<T>
            {
                Mixing = mixing.View.BaseView,
                Tables = tables,
                Shape = mixingShape,
                Random = Random(firstScenario, day, MixingStream),
            });
        }
    }

    RandomStream Random(int firstScenario, int day, uint stream) => new()
    {
        FirstScenario = (uint)firstScenario,
        Day = (uint)day,
        Stream = stream,
        Key0 = (uint)plan.Seed,
        Key1 = (uint)(plan.Seed >> 32),
    };

    int Blocks(int rows) => (plan.Factors + rows - 1) / rows;

    static int RowStart(int row) => checked(row * (row + 1) / 2);

    public void Dispose()
    {
        variates.Dispose();
        correlated.Dispose();
        variance.Dispose();
        shocks.Dispose();
        mixing.Dispose();
    }
}
