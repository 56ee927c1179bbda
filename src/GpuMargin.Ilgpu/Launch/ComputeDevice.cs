using System.Reflection;
using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Launch.OpenCl;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuMargin.Ilgpu.Launch;

/// <summary>A kernel whose threads work in groups.</summary>
/// <param name="Threads">Threads of a group, at most.</param>
readonly record struct GroupedKernel<TLauncher>(TLauncher Launch, int Threads);

/// <summary>An accelerator, its limits and the kernels loaded on it, each compiled once.</summary>
/// <param name="largestBuffer">Bytes of one buffer, at most; <see langword="null"/>: what the driver says.</param>
sealed class ComputeDevice(Accelerator accelerator, long? largestBuffer = null) : IDisposable
{
    readonly Dictionary<MethodInfo, Kernel> kernels = [];

    public Accelerator Accelerator => accelerator;

    /// <summary>Bytes of the buffers that are in use.</summary>
    public long Allocated { get; set; }

    /// <summary>Bytes free on the device; where the driver does not tell, what the buffers in use leave of its memory.</summary>
    public long FreeMemory => accelerator is CudaAccelerator cuda ? cuda.GetFreeMemory() : accelerator.MemorySize - Allocated;

    /// <summary>Bytes of one buffer, at most.</summary>
    public long LargestBuffer { get; } = largestBuffer ?? (accelerator is CLAccelerator device ? OpenClLimits.LargestBuffer(device) : long.MaxValue);

    public Action<AcceleratorStream, Index1D, TKernel> Load<TKernel>()
        where TKernel : struct, IKernel
    {
        Action<Index1D, TKernel> entry = KernelEntry.Run;
        return Load(entry.Method, EntryPointDescription.FromImplicitlyGroupedKernel(entry.Method), KernelSpecialization.Empty)
            .CreateLauncherDelegate<Action<AcceleratorStream, Index1D, TKernel>>();
    }

    /// <param name="entry">A method with <see cref="GroupedKernelAttribute"/>.</param>
    public GroupedKernel<TLauncher> LoadGrouped<TLauncher>(Delegate entry)
        where TLauncher : Delegate
    {
        KernelSpecialization specialization = Specialization(entry.Method, accelerator.MaxNumThreadsPerGroup);
        Kernel kernel = Load(entry.Method, EntryPointDescription.FromExplicitlyGroupedKernel(entry.Method), specialization);
        int threads = specialization.MaxNumThreadsPerGroup!.Value;
        return new GroupedKernel<TLauncher>(
            kernel.CreateLauncherDelegate<TLauncher>(), kernel is CLKernel own ? Math.Min(threads, OpenClLimits.Threads((CLAccelerator)accelerator, own.KernelPtr)) : threads);
    }

    /// <summary>The group that a grouped kernel is compiled for.</summary>
    internal static KernelSpecialization Specialization(MethodInfo entry, int mostThreads)
    {
        GroupedKernelAttribute group = entry.GetCustomAttribute<GroupedKernelAttribute>()!;
        return new KernelSpecialization(Math.Min(group.Threads, mostThreads), group.GroupsPerMultiprocessor > 0 ? group.GroupsPerMultiprocessor : null);
    }

    Kernel Load(MethodInfo method, EntryPointDescription entry, KernelSpecialization specialization)
    {
        if (!kernels.TryGetValue(method, out Kernel? kernel))
        {
            CompiledKernel compiled = accelerator.CompileKernel(entry, specialization);
            bool grouped = compiled.IndexType == IndexType.KernelConfig;
            kernel = kernels[method] = compiled is CLCompiledKernel source ? OpenClKernel.Load((CLAccelerator)accelerator, source)
                : grouped ? accelerator.LoadKernel(compiled)
                : accelerator.LoadAutoGroupedKernel(compiled);
        }

        return kernel;
    }

    public void Dispose() => accelerator.Dispose();
}
