using GpuMargin.Backends;
using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Scenarios;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Draws, correlates and evolves slices of scenarios on a device.</summary>
sealed class DeviceScenarios<T> : IDeviceShocks<T>
    where T : unmanaged, IDeviceLane<T>
{
    readonly ScenarioPlan plan;
    readonly ShockRows rows;
    readonly DeviceKernels<T> kernels;
    readonly int width;
    readonly DeviceTables<T> tables;
    readonly DeviceBridge<T> bridge;
    readonly ArrayView<T> correlation;
    readonly ArrayView<FactorProcess<T>> processes;
    readonly ArrayView<int>[] jumps;
    readonly ArrayView<T> variates, correlated, variance, mixing;

    /// <param name="rows">The rows of shocks that are kept.</param>
    /// <param name="width">Scenarios in a slice.</param>
    public DeviceScenarios(DeviceBuffers buffers, Upload upload, DeviceKernels<T> kernels, ScenarioPlan plan, ShockRows rows, int width)
    {
        this.plan = plan;
        this.rows = rows.Of(plan.Days, plan.Factors);
        this.kernels = kernels;
        this.width = width;
        tables = new DeviceTables<T>(upload, plan);
        bridge = new DeviceBridge<T>(upload, plan);

        // Eight rows are read from any row on: room behind the last for rows that do not exist.
        double[] factor = new double[plan.Sobol is null ? RowStart(plan.Factors + Correlate<T>.Rows) : plan.Factors * (plan.Factors + ApplyLoadings<T>.Rows)];
        (plan.Sobol?.Loadings ?? plan.CorrelationFactor).CopyTo(factor, 0);
        correlation = upload.Lanes<T>(factor);
        processes = upload.Items<FactorProcess<T>>([.. Enumerable.Range(0, plan.Factors).Select(i => new FactorProcess<T>(
            plan.Marginal[i], T.Of(plan.Mean[i]), T.Of(plan.Variance[i]), T.Of(plan.Omega[i]), T.Of(plan.Alpha[i]), T.Of(plan.NegativeAlpha[i]), T.Of(plan.Beta[i]), T.Of(plan.MaximumShock[i])))]);

        jumps = [.. plan.Jumps.Select(jump => upload.Items<int>(jump.Scenarios))];

        long elements = (long)plan.Factors * width;
        variates = buffers.Allocate<T>(elements).View.BaseView;
        correlated = buffers.Allocate<T>(elements).View.BaseView;
        variance = buffers.Allocate<T>(elements).View.BaseView;
        Shocks = buffers.Allocate<T>((long)rows.Count * width).View.BaseView;
        mixing = buffers.Allocate<T>(width).View.BaseView;
    }

    /// <summary>[shock, scenario], the rows of <see cref="ShockRows"/>.</summary>
    public ArrayView<T> Shocks { get; }

    /// <summary>The horizon's rows, [factor, scenario]; on the way there those of the day reached.</summary>
    public ArrayView<T> HorizonShocks => Shocks.SubView((long)rows.FirstAtHorizon * width, (long)plan.Factors * width);

    /// <summary>Elements that one scenario of a slice takes.</summary>
    public static long ElementsPerScenario(ShockRows shocks) => 3L * shocks.Factors + shocks.Count + 1;

    public void Generate(AcceleratorStream stream, int firstScenario, DeviceClock clock)
    {
        if (plan.Days == 0)
        {
            Shocks.MemSetToZero(stream);
        }

        RandomStream random = new((uint)firstScenario, (uint)plan.Seed, (uint)(plan.Seed >> 32));
        for (int day = 0; day < plan.Days; day++)
        {
            DrawVariates(stream, random, day);
            if (plan.Mixing is not null)
            {
                DrawMixing(stream, random, day);
            }

            clock.Lap(Stage.Draw);
            Correlate(stream);
            clock.Lap(Stage.Correlate);
            Evolve(stream, day);
            AddJumps(stream, day + 1, firstScenario);
            Keep(stream, day + 1);
            clock.Lap(Stage.Evolve);
        }
    }

    // The shocks of a day that instruments read before the horizon.
    void Keep(AcceleratorStream stream, int day)
    {
        int first = rows.FirstBeforeHorizon(day);
        if (first >= 0)
        {
            HorizonShocks.CopyTo(stream, Shocks.SubView((long)first * width, (long)plan.Factors * width));
        }
    }

    void AddJumps(AcceleratorStream stream, int day, int firstScenario)
    {
        for (int i = 0; i < plan.Jumps.Count; i++)
        {
            FactorJump jump = plan.Jumps[i];
            (int from, int to) = jump.Within(firstScenario, width);
            if (jump.Day == day && to > from)
            {
                kernels.Jump(stream, to - from, new Jump<T>
                {
                    Shocks = HorizonShocks,
                    Scenarios = jumps[i],
                    From = from,
                    Row = jump.Factor * width - firstScenario,
                    Shock = T.Of(jump.Shock),
                });
            }
        }
    }

    void DrawVariates(AcceleratorStream stream, RandomStream random, int day)
    {
        if (plan.Sobol is null)
        {
            kernels.DrawNormals(stream, Blocks(4) * width, new DrawNormals<T>
            {
                Variates = variates,
                Factors = plan.Factors,
                Width = width,
                Day = (uint)day,
                Random = random,
            });
        }
        else
        {
            kernels.DrawComponents(stream, plan.Factors * width, new DrawComponents<T>
            {
                Components = variates,
                Dimension = bridge.Dimension,
                Level = bridge.Level,
                Weight = bridge.Weight,
                Words = bridge.Words(random),
                Day = bridge.Day(day),
                Factors = plan.Factors,
                Width = width,
            });
        }
    }

    void DrawMixing(AcceleratorStream stream, RandomStream random, int day)
    {
        if (plan.Sobol is null && plan.Importance is null)
        {
            kernels.DrawMixing(stream, width, new DrawMixing<T>
            {
                Mixing = mixing,
                Tables = tables.Values,
                Shape = tables.Mixing,
                Day = (uint)day,
                Random = random,
            });
        }
        else
        {
            kernels.DrawBridgedMixing(stream, width, new DrawBridgedMixing<T>
            {
                Mixing = mixing,
                Dimension = bridge.MixingDimension,
                Level = bridge.Level,
                Weight = bridge.Weight,
                Tables = tables.Values,
                Shape = tables.Mixing,
                Importance = tables.Importance,
                Words = bridge.Words(random),
                Day = bridge.Day(day),
                Sobol = plan.Sobol is null ? 0 : 1,
                Important = plan.Importance is null ? 0 : 1,
            });
        }
    }

    void Correlate(AcceleratorStream stream)
    {
        if (plan.Sobol is null)
        {
            kernels.Correlate(stream, Blocks(Correlate<T>.Rows) * width, new Correlate<T>
            {
                Factor = correlation,
                Variates = variates,
                Correlated = correlated,
                Factors = plan.Factors,
                Width = width,
            });
        }
        else
        {
            kernels.ApplyLoadings(stream, Blocks(ApplyLoadings<T>.Rows) * width, new ApplyLoadings<T>
            {
                Loadings = correlation,
                Components = variates,
                Correlated = correlated,
                Factors = plan.Factors,
                Width = width,
            });
        }
    }

    void Evolve(AcceleratorStream stream, int day) => kernels.Evolve(stream, plan.Factors * width, new Evolve<T>
    {
        Correlated = correlated,
        Mixing = mixing,
        Variance = variance,
        Shocks = HorizonShocks,
        Tables = tables.Values,
        Shapes = tables.Shapes,
        Processes = processes,
        Width = width,
        Mixed = plan.Mixing is null ? 0 : 1,
        FirstDay = day == 0 ? 1 : 0,
    });

    int Blocks(int rows) => (plan.Factors + rows - 1) / rows;

    static int RowStart(int row) => checked(row * (row + 1) / 2);
}
