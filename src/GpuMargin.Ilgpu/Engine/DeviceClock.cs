using GpuMargin.Backends;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Adds up the device's time per stage by markers between the launches of a stream.</summary>
sealed class DeviceClock(AcceleratorStream stream) : IDisposable
{
    readonly List<(Stage? Stage, ProfilingMarker Marker)> marks = [];

    /// <summary>What was launched until here belongs to no stage.</summary>
    public void Start() => marks.Add((null, stream.AddProfilingMarker()));

    /// <summary>Books what was launched since the last call to a stage.</summary>
    public void Lap(Stage stage) => marks.Add((stage, stream.AddProfilingMarker()));

    /// <summary>Seconds per stage; waits for the stream.</summary>
    public double[] Read()
    {
        double[] seconds = new double[Stages.Count];
        stream.Synchronize();
        for (int i = 1; i < marks.Count; i++)
        {
            if (marks[i].Stage is { } stage)
            {
                seconds[(int)stage] += (marks[i].Marker - marks[i - 1].Marker).TotalSeconds;
            }
        }

        return seconds;
    }

    public void Dispose()
    {
        foreach ((_, ProfilingMarker marker) in marks)
        {
            marker.Dispose();
        }
    }
}
