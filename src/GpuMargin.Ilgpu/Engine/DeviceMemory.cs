using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GpuMargin.Ilgpu.Engine;

static class DeviceMemory
{
    /// <summary>Bytes free on the device; where nobody can say, its memory.</summary>
    public static long Free(Accelerator accelerator) =>
        accelerator is CudaAccelerator cuda ? cuda.GetFreeMemory() : accelerator.MemorySize;
}
