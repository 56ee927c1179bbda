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
    /// <remarks>
    /// The index is not the parameter, which ILGPU 1.5.3 takes for the same in all threads: it would declare branches on it uniform
    /// (<c>bra.uni</c>), and then a warp may follow one thread's way for all.
    /// </remarks>
    public static void Run<TKernel>(Index1D index, TKernel kernel)
        where TKernel : struct, IKernel => kernel.Run(Grid.GlobalIndex.X);
}
