using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Ilgpu.Launch.OpenCl;

/// <summary>Limits that an OpenCL device has beside those that ILGPU asks for.</summary>
static class OpenClLimits
{
    /// <summary>Bytes of one buffer, at most: a quarter of the device's memory is usual.</summary>
    public static long LargestBuffer(CLAccelerator device) =>
        CLAPI.CurrentAPI.GetDeviceInfo<long>(device.DeviceId, CLDeviceInfoType.CL_DEVICE_MAX_MEM_ALLOC_SIZE);

    /// <summary>Threads of a group of this kernel, at most: its registers and local memory may allow fewer than the device does.</summary>
    public static int Threads(CLAccelerator device, nint kernel)
    {
        long threads = CLAPI.CurrentAPI.GetKernelWorkGroupInfo<nint>(kernel, device.DeviceId, CLKernelWorkGroupInfoType.CL_KERNEL_WORK_GROUP_SIZE);
        return threads > 0
            ? (int)Math.Min(threads, device.MaxNumThreadsPerGroup)
            : throw new DeviceFaultException("it has not the registers or local memory for one thread of a kernel (CL_KERNEL_WORK_GROUP_SIZE is 0)");
    }
}
