using ILGPU;
using ILGPU.Runtime.CPU;

namespace GpuMargin.Ilgpu.Devices.Drivers;

/// <summary>ILGPU's CPU accelerator: launches, groups and barriers of a GPU on the processor, for tests and not for speed.</summary>
static class CpuAcceleratorDevice
{
    /// <summary>Threads a warp: the fewest that are several.</summary>
    internal const int WarpSize = 2;

    /// <summary>Warps: enough that a group has several; every thread of a group is a thread of the system, so more only cost time (a run of the sample in 128 scenarios: 0.4 s of processor time with 2, 0.8 s with four times the threads).</summary>
    internal const int Warps = 2;

    internal const int Multiprocessors = 1;

    internal static BackendDevices Find() => new(
        IlgpuDevices.IlgpuCpu,
        [new DeviceDescription(
            0, "ILGPU's CPU accelerator, slow and for tests", null, $"ILGPU {Context.Version}", null, true, Multiprocessors, null)],
        null);

    // Parallel: one thread after the other took five times as long, for handing over at every barrier.
    internal static CPUAccelerator Create(Context context) =>
        new CPUDevice(WarpSize, Warps, Multiprocessors).CreateCPUAccelerator(context, CPUAcceleratorMode.Parallel);
}
