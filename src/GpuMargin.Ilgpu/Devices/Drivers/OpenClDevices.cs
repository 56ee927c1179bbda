using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Ilgpu.Devices.Drivers;

/// <summary>Devices of every OpenCL platform, numbered through.</summary>
static class OpenClDevices
{
    const int MostPerPlatform = 64;

    internal static BackendDevices Find()
    {
        DriverLibrary library = DriverLibrary.OpenCl;
        if (!library.Load())
        {
            return BackendDevices.None(IlgpuDevices.OpenCl, library.NotFound);
        }

        DeviceDescription[] devices = [.. Handles().Select((handle, index) => Describe(index, handle.Platform, handle.Device))];
        return devices.Length == 0
            ? BackendDevices.None(IlgpuDevices.OpenCl, $"the OpenCL loader ({library.File}) is there, but it finds no device")
            : new BackendDevices(IlgpuDevices.OpenCl, devices, null);
    }

    internal static CLAccelerator Create(Context context, int index)
    {
        (nint platform, nint device) = Handles()[index];
        return new CLDevice(platform, device).CreateCLAccelerator(context);
    }

    static List<(nint Platform, nint Device)> Handles()
    {
        CLAPI driver = CLAPI.CurrentAPI;
        List<(nint Platform, nint Device)> handles = [];
        if (!driver.IsSupported || driver.GetNumPlatforms(out int count) != CLError.CL_SUCCESS || count == 0)
        {
            return handles;
        }

        nint[] platforms = new nint[count];
        if (driver.GetPlatforms(platforms, ref count) != CLError.CL_SUCCESS)
        {
            return handles;
        }

        foreach (nint platform in platforms)
        {
            nint[] devices = new nint[MostPerPlatform];
            if (driver.GetDevices(platform, CLDeviceType.CL_DEVICE_TYPE_ALL, devices, out int found) == CLError.CL_SUCCESS)
            {
                handles.AddRange(devices[..Math.Min(found, MostPerPlatform)].Select(device => (platform, device)));
            }
        }

        return handles;
    }

    static DeviceDescription Describe(int index, nint platform, nint handle)
    {
        CLAPI driver = CLAPI.CurrentAPI;
        try
        {
            var device = new CLDevice(platform, handle);
            // ILGPU's kernels are OpenCL C 2.0 with pointers that do not name their address space.
            string? unusable =
                device.GetDeviceInfo<int>(CLDeviceInfoType.CL_DEVICE_AVAILABLE) == 0 ? "the driver says that it is not available"
                : device.CLStdVersion < CLBackend.MinimumVersion ? $"it offers OpenCL C {device.CLStdVersion}, ILGPU needs {CLBackend.MinimumVersion}"
                : !device.Capabilities.GenericAddressSpace ? "it has no generic address space, which ILGPU's OpenCL code needs"
                : !device.Capabilities.Float64 ? "it has no double precision"
                : !device.Capabilities.Int64_Atomics ? "it has no atomic operations on 64 bits"
                : OpenClArithmetic.Lacking(
                    driver.GetDeviceInfo<ulong>(handle, CLDeviceInfoType.CL_DEVICE_SINGLE_FP_CONFIG),
                    driver.GetDeviceInfo<ulong>(handle, CLDeviceInfoType.CL_DEVICE_DOUBLE_FP_CONFIG));
            return new DeviceDescription(
                index, device.Name, device.MemorySize,
                $"{device.PlatformName}, {driver.GetDeviceInfo(handle, CLDeviceInfoType.CL_DEVICE_VERSION).Trim()}, driver {driver.GetDeviceInfo(handle, CLDeviceInfoType.CL_DRIVER_VERSION)}",
                null, device.Capabilities.Float64, device.NumMultiprocessors, unusable);
        }
        catch (Exception failure) when (failure is AcceleratorException or NotSupportedException)
        {
            return new DeviceDescription(
                index, driver.GetDeviceInfo(handle, CLDeviceInfoType.CL_DEVICE_NAME), null,
                driver.GetPlatformInfo(platform, CLPlatformInfoType.CL_PLATFORM_NAME), null, null, null, $"ILGPU does not take it: {failure.Message}");
        }
    }
}
