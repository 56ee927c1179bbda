using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>The device that tests of device code run on: ILGPU's CPU accelerator, or the first OpenCL device where the variable says so.</summary>
static class TestDevice
{
    internal const string Variable = "GPUMARGIN_TEST_DEVICE";

    internal const string OpenCl = "opencl";

    internal static bool IsOpenCl => Environment.GetEnvironmentVariable(Variable) == OpenCl;

    internal static ComputeDevice Create(Context context) => new(IsOpenCl ? OpenClAccelerator(context) : (Accelerator)CpuAcceleratorDevice.Create(context));

    /// <summary>Device with few threads of the CPU accelerator: every operation of one costs microseconds.</summary>
    internal static ComputeDevice CreateSmall(Context context) =>
        new(IsOpenCl ? OpenClAccelerator(context) : (Accelerator)new CPUDevice(numThreadsPerWarp: 4, numWarpsPerMultiprocessor: 2, numMultiprocessors: 1).CreateCPUAccelerator(context));

    static CLAccelerator OpenClAccelerator(Context context) =>
        OpenClDevices.Find() is { Missing: { } reason } ? throw new InvalidOperationException($"{Variable} is {OpenCl}, but {reason}.") : OpenClDevices.Create(context, 0);
}
