using ILGPU;

namespace GpuMargin.Ilgpu.Kernels;

/// <summary>What one device thread does; the struct's fields are the launch's parameters.</summary>
interface IKernel
{
    void Run(int index);
}

static class KernelEntry
{
    /// <summary>The one entry point of all kernels whose threads do not know each other.</summary>
    public static void Run<TKernel>(Index1D index, TKernel kernel)
        where TKernel : struct, IKernel => kernel.Run(index);
}
