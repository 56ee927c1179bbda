using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

enum DeviceStage
{
    Draw,
    Correlate,
    Evolve,
    Revalue,
    Aggregate,
    Tails,
    Fingerprint,
}

/// <summary>Adds up the device's time per stage by markers between the launches of a stream.</summary>
sealed class DeviceClock(AcceleratorStream stream) : IDisposable
{
    readonly List<(DeviceStage Stage, ProfilingMarker Marker)> laps = [];
    ProfilingMarker? start;

    public void Start() => start = stream.AddProfilingMarker();

    /// <summary>Books what was launched since the last call to a stage.</summary>
    public void Lap(DeviceStage stage) => laps.Add((stage, stream.AddProfilingMarker()));

    /// <summary>Seconds per stage; waits for the stream.</summary>
    public double[] Read()
    {
        double[] seconds = new double[Enum.GetValues<DeviceStage>().Length];
        stream.Synchronize();
        ProfilingMarker? last = start;
        foreach ((DeviceStage stage, ProfilingMarker marker) in laps)
        {
            seconds[(int)stage] += (marker - last!).TotalSeconds;
            last = marker;
        }

        return seconds;
    }

    public void Dispose()
    {
        start?.Dispose();
        foreach ((_, ProfilingMarker marker) in laps)
        {
            marker.Dispose();
        }
    }
}
