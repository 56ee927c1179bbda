using GpuMargin.Ilgpu.Launch;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Ilgpu.Devices.Drivers;

/// <summary>What a driver's error means.</summary>
static class DeviceFailure
{
    /// <summary>Why a device failed, as the end of a sentence; <see langword="null"/>: no device did.</summary>
    internal static string? Reason(Exception failure) => failure switch
    {
        DeviceFaultException => failure.Message,
        CudaException { Error: var error } => Words(error),
        CLException { Error: var error } => Words(error),
        AcceleratorException => failure.Message,
        InsufficientMemoryException => $"out of device memory: {failure.Message}",
        AggregateException several => several.Flatten().InnerExceptions.Select(Reason).FirstOrDefault(reason => reason is not null),
        _ => null,
    };

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
