using System.Collections.Concurrent;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Tests.Ilgpu.Ptx.Devices;
using GpuMargin.Tests.Ilgpu.Ptx.Machine;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace GpuMargin.Tests.Ilgpu.Ptx;

/// <summary>The backend on the interpreter, and each plan's result, computed once.</summary>
public sealed class PtxRuns : IDisposable
{
    readonly PtxAccelerator accelerator;
    readonly IlgpuBackend backend;
    readonly ConcurrentDictionary<(string, Precision), EngineResult> results = [];

    public PtxRuns()
        : this(CudaArchitecture.SM_90, PtxOrder.Ascending)
    {
    }

    internal PtxRuns(CudaArchitecture architecture, PtxOrder order)
    {
        Context context = IlgpuContext.Create();
        accelerator = new PtxAccelerator(context, new PtxDevice(architecture), order);
        Device = new ComputeDevice(accelerator);
        backend = new IlgpuBackend("cuda", context, [Device]);
    }

    public IBackend Backend => backend;

    internal ComputeDevice Device { get; }

    internal IReadOnlyList<PtxKernel> Kernels => accelerator.Kernels;

    public EngineResult Result(string plan, Precision precision) => results.GetOrAdd((plan, precision), _ => backend.Run(PtxPlans.Of(plan, precision)));

    public void Dispose() => backend.Dispose();
}
