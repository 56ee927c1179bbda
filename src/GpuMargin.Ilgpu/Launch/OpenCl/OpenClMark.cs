using GpuMargin.Ilgpu.Devices.Drivers;
using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Ilgpu.Launch.OpenCl;

/// <summary>The event of a marker behind all that was enqueued before.</summary>
/// <remarks>ILGPU keeps events to itself, so these four functions are the library's own. The queue must have profiling on.</remarks>
sealed unsafe class OpenClMark : StreamMark
{
    const uint End = 0x1283; // CL_PROFILING_COMMAND_END, nanoseconds

    static readonly delegate* unmanaged<nint, uint, nint*, nint*, CLError> s_enqueue =
        (delegate* unmanaged<nint, uint, nint*, nint*, CLError>)Function("clEnqueueMarkerWithWaitList");

    static readonly delegate* unmanaged<uint, nint*, CLError> s_wait = (delegate* unmanaged<uint, nint*, CLError>)Function("clWaitForEvents");

    static readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, CLError> s_time =
        (delegate* unmanaged<nint, uint, nuint, void*, nuint*, CLError>)Function("clGetEventProfilingInfo");

    static readonly delegate* unmanaged<nint, CLError> s_release = (delegate* unmanaged<nint, CLError>)Function("clReleaseEvent");

    nint passed;

    public OpenClMark(nint queue)
    {
        nint mark;
        CLException.ThrowIfFailed(s_enqueue(queue, 0, null, &mark));
        passed = mark;
    }

    public override double SecondsSince(StreamMark earlier) => ((long)Nanoseconds() - (long)((OpenClMark)earlier).Nanoseconds()) * 1e-9;

    ulong Nanoseconds()
    {
        nint mark = passed;
        CLException.ThrowIfFailed(s_wait(1, &mark));
        ulong time;
        CLException.ThrowIfFailed(s_time(mark, End, sizeof(ulong), &time, null));
        return time;
    }

    public override void Dispose()
    {
        if (passed != 0)
        {
            s_release(passed);
            passed = 0;
        }
    }

    static nint Function(string name) => DriverLibrary.OpenCl.Function(name) is var address and not 0
        ? address
        : throw new EntryPointNotFoundException($"{DriverLibrary.OpenCl.File} has no {name}, which OpenCL 1.2 has.");
}
