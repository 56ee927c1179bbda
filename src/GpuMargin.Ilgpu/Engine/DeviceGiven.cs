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
    readonly int[] columns; // of the source, per row that is read
    readonly int width;
    readonly T[] slice;

    /// <param name="rows">The rows of shocks that are read.</param>
    /// <param name="width">Scenarios in a slice.</param>
    public DeviceGiven(DeviceBuffers buffers, GivenScenarios source, ShockRows rows, int width)
    {
        this.source = source;
        columns = source.Columns(rows);
        this.width = width;
        slice = new T[(long)rows.Count * width];
        Shocks = buffers.Allocate<T>(slice.Length).View.BaseView;
        HorizonShocks = Shocks.SubView((long)rows.FirstAtHorizon * width, (long)source.Factors * width);
    }

    public ArrayView<T> Shocks { get; }

    public ArrayView<T> HorizonShocks { get; }

    public void Generate(AcceleratorStream stream, int firstScenario, DeviceClock clock)
    {
        for (int s = 0; s < width; s++)
        {
            ReadOnlySpan<double> given = firstScenario + s < source.Count ? source[firstScenario + s] : [];
            for (int row = 0; row < columns.Length; row++)
            {
                slice[row * width + s] = T.Of(given.IsEmpty ? 0 : given[columns[row]]);
            }
        }

        Shocks.CopyFromCPU(stream, slice);
        stream.Synchronize();
        clock.Lap(Stage.Draw);
    }
}
