using GpuMargin.Aggregation;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Scenarios;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Shocks of a slice of scenarios on a device, from a source of scenarios.</summary>
interface IDeviceShocks<T>
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>[shock, scenario], the rows that the run's instruments read.</summary>
    ArrayView<T> Shocks { get; }

    /// <summary>The horizon's rows, [factor, scenario].</summary>
    ArrayView<T> HorizonShocks { get; }

    /// <summary>Fills a slice from a scenario on.</summary>
    void Generate(AcceleratorStream stream, int firstScenario, DeviceClock clock);
}

static class DeviceShocks
{
    /// <param name="width">Scenarios in a slice.</param>
    public static IDeviceShocks<T> Of<T>(DeviceBuffers buffers, Upload upload, DeviceKernels<T> kernels, ValuationRun run, int width)
        where T : unmanaged, IDeviceLane<T> => run.Source is ScenarioPlan model
        ? new DeviceScenarios<T>(buffers, upload, kernels, model, run.ShockRows, width)
        : new DeviceGiven<T>(buffers, (GivenScenarios)run.Source, run.ShockRows, width);
}
