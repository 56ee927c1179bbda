using ILGPU;
using ILGPU.Runtime.CPU;

namespace GpuMargin.Ilgpu.Devices.Drivers;

/// <summary>ILGPU's CPU accelerator: launches, groups and barriers of a GPU on the processor, for tests and not for speed.</summary>
static class CpuAcceleratorDevice
{
    /// <summary>Threads a warp: the fewest with which neighbours and their neighbours differ.</summary>
    internal const int WarpSize = 4;

    /// <summary>Warps: enough that a group has several; every thread of a group is a thread of the system, so more only cost time.</summary>
    internal const int Warps = 4;

    /// <summary>One: multiprocessors run side by side whatever the mode, and launches are to be repeatable.</summary>
    internal const int Multiprocessors = 1;

    internal static BackendDevices Find() => new(
        IlgpuDevices.IlgpuCpu,
        [new DeviceDescription(
            0, "ILGPU's CPU accelerator, slow and for tests", null, $"ILGPU {Context.Version}", null, true, Multiprocessors, null)],
        null);

    internal static CPUAccelerator Create(Context context) =>
        new CPUDevice(WarpSize, Warps, Multiprocessors).CreateCPUAccelerator(context, CPUAcceleratorMode.Sequential);
}
