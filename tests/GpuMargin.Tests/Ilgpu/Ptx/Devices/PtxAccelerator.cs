using System.Reflection;
using System.Reflection.Emit;
using GpuMargin.Tests.Ilgpu.Ptx.Machine;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.IL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GpuMargin.Tests.Ilgpu.Ptx.Devices;

/// <summary>ILGPU's CUDA path up to the driver: its compiler and its layout of arguments, then the interpreter instead of a GPU.</summary>
sealed class PtxAccelerator : KernelAccelerator<PTXCompiledKernel, PtxKernel>
{
    /// <summary>Threads of a block where ILGPU leaves it to the driver: three warps, so that blocks end within warps.</summary>
    const int GroupSize = 96;

    readonly PTXBackend backend;

    /// <param name="order">Of threads in a block and blocks in a grid.</param>
    public PtxAccelerator(Context context, PtxDevice device, PtxOrder order)
        : base(context, device)
    {
        Order = order;
        NativePtr = 1;
        Bind();
        DefaultStream = CreateStreamInternal();
        backend = new PTXBackend(context, device.Architecture, CudaInstructionSet.ISA_80, nvvmAPI: null!);
        Init(backend);
    }

    public PtxOrder Order { get; }

    public MemorySpace Global { get; } = new("global");

    public List<PtxKernel> Kernels { get; } = [];

    /// <summary>Launches so far.</summary>
    public int Launches { get; set; }

    public override TExtension CreateExtension<TExtension, TExtensionProvider>(TExtensionProvider provider) => throw new NotSupportedException();

    protected override PtxKernel CreateKernel(PTXCompiledKernel compiledKernel) => CreateKernel(compiledKernel, null!);

    protected override PtxKernel CreateKernel(PTXCompiledKernel compiledKernel, MethodInfo launcher)
    {
        PtxKernel kernel = new(this, compiledKernel, launcher);
        Kernels.Add(kernel);
        return kernel;
    }

    protected override MethodInfo GenerateKernelLauncherMethod(PTXCompiledKernel kernel, int customGroupSize)
    {
        EntryPoint entry = Entry(kernel);
        DynamicMethod launcher = new(
            entry.Name, null, [typeof(Kernel), typeof(AcceleratorStream), entry.KernelIndexType, .. entry.Parameters.ParameterTypes], typeof(PtxKernel).Module, skipVisibility: true);
        ILEmitter emitter = new(launcher.GetILGenerator());
        (ILLocal arguments, int bytes) = backend.ArgumentMapper.Map(emitter, entry);
        emitter.Emit(ArgumentOperation.Load, 0);
        emitter.Emit(OpCodes.Castclass, typeof(PtxKernel));
        emitter.Emit(ArgumentOperation.Load, 2);
        emitter.Emit(LocalOperation.LoadAddress, arguments);
        emitter.Emit(OpCodes.Conv_U);
        emitter.EmitConstant(bytes);
        emitter.EmitCall(typeof(PtxKernel).GetMethod(nameof(PtxKernel.Launch), [entry.KernelIndexType, typeof(nint), typeof(int)])!);
        emitter.Emit(OpCodes.Ret);
        return launcher;
    }

    // As the kernel was compiled: ILGPU keeps its own description to itself.
    static EntryPoint Entry(PTXCompiledKernel kernel) => new(
        kernel.IndexType == IndexType.KernelConfig
            ? EntryPointDescription.FromExplicitlyGroupedKernel(kernel.SourceMethod)
            : EntryPointDescription.FromImplicitlyGroupedKernel(kernel.SourceMethod),
        new SharedMemorySpecification(),
        kernel.Specialization);

    protected override MemoryBuffer AllocateRawInternal(long length, int elementSize) => new PtxBuffer(this, length, elementSize);

    protected override AcceleratorStream CreateStreamInternal() => new PtxStream(this);

    protected override PageLockScope<T> CreatePageLockFromPinnedInternal<T>(nint pinned, long numElements) => new PtxPageLock<T>(this, pinned, numElements);

    protected override int EstimateMaxActiveGroupsPerMultiprocessorInternal(Kernel kernel, int groupSize, int dynamicSharedMemorySizeInBytes) => 1;

    protected override int EstimateGroupSizeInternal(Kernel kernel, Func<int, int> computeSharedMemorySize, int maxGroupSize, out int minGridSize) =>
        EstimateGroupSizeInternal(kernel, 0, maxGroupSize, out minGridSize);

    protected override int EstimateGroupSizeInternal(Kernel kernel, int dynamicSharedMemorySizeInBytes, int maxGroupSize, out int minGridSize)
    {
        minGridSize = 1;
        return GroupSize;
    }

    protected override void SynchronizeInternal()
    {
    }

    protected override void OnBind()
    {
    }

    protected override void OnUnbind()
    {
    }

    protected override bool CanAccessPeerInternal(Accelerator otherAccelerator) => false;

    protected override void EnablePeerAccessInternal(Accelerator otherAccelerator) => throw new NotSupportedException();

    protected override void DisablePeerAccessInternal(Accelerator otherAccelerator) => throw new NotSupportedException();

    protected override void DisposeAccelerator_SyncRoot(bool disposing)
    {
        if (disposing)
        {
            backend.Dispose();
        }
    }
}
