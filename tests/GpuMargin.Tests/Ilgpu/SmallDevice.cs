using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>A device with few threads, for tests of single kernels.</summary>
public sealed class SmallDevice : IDisposable
{
    readonly Context context = IlgpuContext.Create();

    public SmallDevice() => Device = TestDevice.CreateSmall(context);

    internal ComputeDevice Device { get; }

    public Accelerator Accelerator => Device.Accelerator;

    public AcceleratorStream Stream => Accelerator.DefaultStream;

    public void Dispose()
    {
        Device.Dispose();
        context.Dispose();
    }
}
