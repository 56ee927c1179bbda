using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>What a device keeps of a run.</summary>
/// <param name="Tails">Per row.</param>
/// <param name="Digests">Of the fingerprint's leaves, [scenario block, account block].</param>
/// <param name="Seconds">Per <see cref="Stage"/>.</param>
sealed record DeviceResult(LossTail[] Tails, byte[] Digests, double[] Seconds);

/// <summary>Runs plans of one precision on one device.</summary>
interface IDeviceEngine : IDisposable
{
    /// <exception cref="NonFiniteProfitAndLossException">In the slice that was computed last.</exception>
    DeviceResult Run(ValuationRun plan, Action<int> scenariosDone, CancellationToken cancellation);

    void VisitScenarios(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation);

    void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation);
}

sealed class DeviceEngine<T> : IDeviceEngine
    where T : unmanaged, IDeviceLane<T>
{
    readonly ComputeDevice device;
    readonly DeviceKernels<T> kernels;
    readonly int mostScenarios;
    readonly AcceleratorStream stream;
    readonly AcceleratorStream second;

    /// <param name="mostScenarios">Of a slice.</param>
    public DeviceEngine(ComputeDevice device, int mostScenarios = SliceWidth.Most)
    {
        this.device = device;
        this.mostScenarios = mostScenarios;
        kernels = new DeviceKernels<T>(device);
        stream = device.Accelerator.CreateStream();
        second = device.Accelerator.CreateStream();
    }

    public DeviceResult Run(ValuationRun plan, Action<int> scenariosDone, CancellationToken cancellation)
    {
        device.Accelerator.Bind();
        int width = Width(plan);
        using DeviceRun<T> run = new(device, kernels, stream, second, plan, width);
        for (int first = 0; first < plan.Scenarios; first += width)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(width, plan.Scenarios - first);
            run.Compute(first, count);
            scenariosDone(count);
        }

        return run.Result();
    }

    public void VisitScenarios(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation)
    {
        device.Accelerator.Bind();
        int width = Width(plan);
        using DeviceBuffers buffers = new(device);
        IDeviceShocks<T> scenarios;
        using (Upload upload = new(buffers, stream))
        {
            scenarios = DeviceShocks.Of(buffers, upload, kernels, plan, width);
        }

        using DeviceClock clock = new(stream);
        clock.Start();
        T[] shocks = new T[(long)plan.Source.Factors * width];
        double[] rows = new double[shocks.Length];
        foreach ((int first, int count) in Slices(plan, width, cancellation))
        {
            scenarios.Generate(stream, plan.FirstScenario + first, clock);
            scenarios.HorizonShocks.CopyToCPU(stream, shocks);
            Transpose(shocks, plan.Source.Factors, width, count, rows);
            visit(plan.FirstScenario + first, count, rows.AsSpan(0, plan.Source.Factors * count));
        }
    }

    public void VisitProfitAndLoss(ValuationRun plan, ScenarioVisitor visit, CancellationToken cancellation)
    {
        device.Accelerator.Bind();
        int accounts = plan.Positions.Rows;
        int width = Width(plan);
        using DeviceRun<T> run = new(device, kernels, stream, second, plan, width);
        double[] rows = new double[(long)accounts * width];
        foreach ((int first, int count) in Slices(plan, width, cancellation))
        {
            double[] values = run.ProfitAndLoss(first);
            for (int s = 0; s < count; s++)
            {
                for (int account = 0; account < accounts; account++)
                {
                    double value = values[(long)account * width + s];
                    rows[(long)s * accounts + account] = double.IsFinite(value) ? value : throw new NonFiniteProfitAndLossException(plan.Positions.Key(account), plan.FirstScenario + first + s);
                }
            }

            visit(plan.FirstScenario + first, count, rows.AsSpan(0, accounts * count));
        }
    }

    int Width(ValuationRun plan) => SliceWidth.For<T>(plan, device.FreeMemory, device.LargestBuffer, mostScenarios);

    // Counted from the plan's first scenario.
    static IEnumerable<(int First, int Count)> Slices(ValuationRun plan, int width, CancellationToken cancellation)
    {
        int scenarios = plan.Scenarios;
        for (int first = 0; first < scenarios; first += width)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (first, Math.Min(width, scenarios - first));
        }
    }

    static void Transpose(T[] shocks, int factors, int width, int count, double[] rows)
    {
        for (int s = 0; s < count; s++)
        {
            for (int factor = 0; factor < factors; factor++)
            {
                rows[s * factors + factor] = T.ToDouble(shocks[factor * width + s]);
            }
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        second.Dispose();
    }
}
