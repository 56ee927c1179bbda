using GpuMargin.Ilgpu.Launch.OpenCl;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Ilgpu.Launch;

/// <summary>A point in a stream, of which the device notes the time; setting it does not wait.</summary>
abstract class StreamMark : IDisposable
{
    /// <summary>Seconds of the device between two points that it has passed.</summary>
    public abstract double SecondsSince(StreamMark earlier);

    public abstract void Dispose();

    /// <remarks>ILGPU 1.5.3 waits for the host at every marker of an OpenCL stream: nothing would overlap.</remarks>
    public static StreamMark Set(AcceleratorStream stream) =>
        stream is CLStream queue ? new OpenClMark(queue.CommandQueue) : new ProfilingMark(stream.AddProfilingMarker());

    sealed class ProfilingMark(ProfilingMarker marker) : StreamMark
    {
        public override double SecondsSince(StreamMark earlier) => (marker - ((ProfilingMark)earlier).Marker).TotalSeconds;

        ProfilingMarker Marker => marker;

        public override void Dispose() => marker.Dispose();
    }
}
