using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GpuMargin.Tests.Ilgpu.Ptx.Devices;

/// <summary>A CUDA device as kernels see one, without a driver.</summary>
[DeviceType(AcceleratorType.Cuda)]
sealed class PtxDevice : Device
{
    public PtxDevice(CudaArchitecture architecture)
    {
        Architecture = architecture;
        Name = $"PTX interpreter ({architecture})";
        MemorySize = 1L << 30;
        MaxGridSize = new Index3D(int.MaxValue, ushort.MaxValue, ushort.MaxValue);
        MaxGroupSize = new Index3D(1024, 1024, 64);
        MaxNumThreadsPerGroup = 1024;
        MaxSharedMemoryPerGroup = 48 * 1024;
        MaxConstantMemory = 64 * 1024;
        WarpSize = 32;
        NumMultiprocessors = 1;
        MaxNumThreadsPerMultiprocessor = 2048;
        Capabilities = new CudaCapabilityContext(architecture);
    }

    public CudaArchitecture Architecture { get; }

    public override Accelerator CreateAccelerator(Context context) => new PtxAccelerator(context, this, Machine.PtxOrder.Ascending);
}
