using GpuMargin.Backends;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Scenarios;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Slices of scenarios that are given, copied to a device in the working precision; no shocks behind the last scenario.</summary>
sealed class DeviceGiven<T> : IDeviceShocks<T>
    where T : unmanaged, IDeviceLane<T>
{
    readonly GivenScenarios source;
    readonly int width;
    readonly T[] slice;

    /// <param name="width">Scenarios in a slice.</param>
    public DeviceGiven(DeviceBuffers buffers, GivenScenarios source, int width)
    {
        this.source = source;
        this.width = width;
        slice = new T[(long)source.Factors * width];
        Shocks = buffers.Allocate<T>(slice.Length).View.BaseView;
    }

    public ArrayView<T> Shocks { get; }

    public ArrayView<T> HorizonShocks => Shocks;

    public void Generate(AcceleratorStream stream, int firstScenario, DeviceClock clock)
    {
        for (int s = 0; s < width; s++)
        {
            ReadOnlySpan<double> given = firstScenario + s < source.Count ? source[firstScenario + s] : [];
            for (int factor = 0; factor < source.Factors; factor++)
            {
                slice[factor * width + s] = T.Of(factor < given.Length ? given[factor] : 0);
            }
        }

        Shocks.CopyFromCPU(stream, slice);
        stream.Synchronize();
        clock.Lap(Stage.Draw);
    }
}
