using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>ILGPU's CPU accelerator with few threads: every operation of a device thread costs microseconds there.</summary>
public sealed class SmallDevice : IDisposable
{
    const int ThreadsPerWarp = 4, Warps = 2, Multiprocessors = 1;

    readonly Context context;

    public SmallDevice()
    {
        CPUDevice device = new(ThreadsPerWarp, Warps, Multiprocessors);
        context = IlgpuContext.Create();
        Device = new ComputeDevice(device.CreateCPUAccelerator(context));
    }

    internal ComputeDevice Device { get; }

    public Accelerator Accelerator => Device.Accelerator;

    public AcceleratorStream Stream => Accelerator.DefaultStream;

    public void Dispose()
    {
        Device.Dispose();
        context.Dispose();
    }
}
