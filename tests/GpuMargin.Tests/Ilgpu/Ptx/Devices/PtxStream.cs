using System.Diagnostics;
using ILGPU.Runtime;

namespace GpuMargin.Tests.Ilgpu.Ptx.Devices;

/// <summary>A stream whose launches have ended when they return.</summary>
sealed class PtxStream(PtxAccelerator accelerator) : AcceleratorStream(accelerator)
{
    public override void Synchronize()
    {
    }

    protected override ProfilingMarker AddProfilingMarkerInternal() => new PtxMarker(Accelerator);

    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }

    sealed class PtxMarker(Accelerator accelerator) : ProfilingMarker(accelerator)
    {
        readonly long time = Stopwatch.GetTimestamp();

        public override void Synchronize()
        {
        }

        public override TimeSpan MeasureFrom(ProfilingMarker marker) => Stopwatch.GetElapsedTime(((PtxMarker)marker).time, time);

        protected override void DisposeAcceleratorObject(bool disposing)
        {
        }
    }
}
