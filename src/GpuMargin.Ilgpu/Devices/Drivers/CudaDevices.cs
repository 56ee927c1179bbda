using System.Globalization;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace GpuMargin.Ilgpu.Devices.Drivers;

/// <summary>Devices of the CUDA driver.</summary>
static unsafe class CudaDevices
{
    internal static BackendDevices Find()
    {
        DriverLibrary library = DriverLibrary.Cuda;
        if (!library.Load())
        {
            return BackendDevices.None(IlgpuDevices.Cuda, library.NotFound);
        }
        // ILGPU keeps to itself why a driver does not start.
        var initialize = (delegate* unmanaged<uint, CudaError>)library.Function("cuInit");
        if (initialize == null)
        {
            return BackendDevices.None(IlgpuDevices.Cuda, $"{library.File} is not a CUDA driver: it has no cuInit");
        }

        CudaError error = initialize(0);
        int count = 0;
        if (error == CudaError.CUDA_SUCCESS)
        {
            error = CudaAPI.CurrentAPI.GetDeviceCount(out count);
        }

        if (error == CudaError.CUDA_ERROR_NO_DEVICE || (error == CudaError.CUDA_SUCCESS && count == 0))
        {
            return BackendDevices.None(IlgpuDevices.Cuda, $"the CUDA driver ({library.File}) is there, but it finds no device");
        }

        if (error != CudaError.CUDA_SUCCESS)
        {
            return BackendDevices.None(IlgpuDevices.Cuda, $"the CUDA driver ({library.File}) does not start: {error}");
        }

        Dictionary<int, CudaDevice> known = Known();
        return new BackendDevices(IlgpuDevices.Cuda, [.. Enumerable.Range(0, count).Select(index => Describe(index, known))], null);
    }

    internal static CudaAccelerator Create(Context context, int index) => Known()[index].CreateCudaAccelerator(context);

    // ILGPU passes over devices older than it compiles for.
    static Dictionary<int, CudaDevice> Known() =>
        CudaDevice.GetDevices(_ => true).Cast<CudaDevice>().ToDictionary(device => device.DeviceId);

    static DeviceDescription Describe(int index, Dictionary<int, CudaDevice> known)
    {
        CudaAPI driver = CudaAPI.CurrentAPI;
        driver.GetDriverVersion(out CudaDriverVersion version);
        string words = string.Create(CultureInfo.InvariantCulture, $"CUDA {version.Major}.{version.Minor} driver");
        CudaError error = driver.GetDevice(out int device, index);
        if (error != CudaError.CUDA_SUCCESS)
        {
            return new DeviceDescription(index, "unknown", null, words, null, null, null, $"the driver does not give it: {error}");
        }

        driver.GetDeviceName(out string? name, device);
        driver.GetTotalDeviceMemory(out long memory, device);
        driver.GetDeviceComputeCapability(out int major, out int minor, device);
        string capability = string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}");
        string? unusable =
            !CudaDevice.TryGetArchitecture(major, minor, out _) ? $"its compute capability {capability} is older than ILGPU compiles for"
            : !known.TryGetValue(device, out CudaDevice? description) ? "ILGPU does not know it"
            : description.InstructionSet is null ? $"the driver ({words}) is too old for its compute capability {capability}"
            : null;
        // Double precision came with compute capability 1.3.
        bool doublePrecision = (major, minor).CompareTo((1, 3)) >= 0;
        return new DeviceDescription(
            index, name ?? "unknown", memory, words, capability, doublePrecision,
            known.GetValueOrDefault(device)?.NumMultiprocessors, unusable);
    }
}
