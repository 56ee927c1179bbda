using GpuMargin.Backends;
using GpuMargin.Ilgpu.Launch;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Sums of the device's time per stage, by marks between the launches of a stream.</summary>
sealed class DeviceClock(AcceleratorStream stream) : IDisposable
{
    readonly List<(Stage? Stage, StreamMark Mark)> marks = [];

    /// <summary>What was launched until here belongs to no stage.</summary>
    public void Start() => marks.Add((null, StreamMark.Set(stream)));

    /// <summary>Books what was launched since the last call to a stage.</summary>
    public void Lap(Stage stage) => marks.Add((stage, StreamMark.Set(stream)));

    /// <summary>Seconds per stage; waits for the stream.</summary>
    public double[] Read()
    {
        double[] seconds = new double[Stages.Count];
        stream.Synchronize();
        for (int i = 1; i < marks.Count; i++)
        {
            if (marks[i].Stage is { } stage)
            {
                seconds[(int)stage] += marks[i].Mark.SecondsSince(marks[i - 1].Mark);
            }
        }

        return seconds;
    }

    public void Dispose()
    {
        foreach ((_, StreamMark mark) in marks)
        {
            mark.Dispose();
        }
    }
}
