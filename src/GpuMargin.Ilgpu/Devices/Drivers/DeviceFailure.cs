using GpuMargin.Backends;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Ilgpu.Devices.Drivers;

/// <summary>What a driver's error means.</summary>
static class DeviceFailure
{
    /// <param name="device">The device in words.</param>
    internal static DeviceFailedException Of(string backend, string device, AcceleratorException failure) => new(
        backend,
        device,
        failure switch
        {
            CudaException { Error: var error } => Words(error),
            CLException { Error: var error } => Words(error),
            _ => failure.Message,
        },
        failure);

    // ILGPU keeps the name of a CUDA error, not its value.
    static string Words(string cudaError) => cudaError switch
    {
        nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY) => $"out of device memory ({cudaError})",
        nameof(CudaError.CUDA_ERROR_ECC_UNCORRECTABLE) => $"its memory is faulty ({cudaError})",
        nameof(CudaError.CUDA_ERROR_LAUNCH_TIMEOUT) or nameof(CudaError.CUDA_ERROR_LAUNCH_FAILED) or nameof(CudaError.CUDA_ERROR_ILLEGAL_ADDRESS)
            => $"a kernel did not end ({cudaError})",
        _ => $"the driver reports {cudaError}",
    };

    static string Words(CLError error) => error switch
    {
        CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_RESOURCES => $"out of device memory ({error})",
        CLError.CL_DEVICE_NOT_AVAILABLE => $"it is no longer available ({error})",
        _ => $"the driver reports {error}",
    };
}
