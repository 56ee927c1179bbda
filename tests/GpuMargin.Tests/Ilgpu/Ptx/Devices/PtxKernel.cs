using System.Reflection;
using GpuMargin.Tests.Ilgpu.Ptx.Code;
using GpuMargin.Tests.Ilgpu.Ptx.Machine;
using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;

namespace GpuMargin.Tests.Ilgpu.Ptx.Devices;

/// <summary>A kernel that the interpreter runs when it is launched.</summary>
sealed unsafe class PtxKernel : Kernel
{
    readonly PtxAccelerator accelerator;

    public PtxKernel(PtxAccelerator accelerator, PTXCompiledKernel compiled, MethodInfo launcher)
        : base(accelerator, compiled, launcher)
    {
        this.accelerator = accelerator;
        Method = compiled.SourceMethod;
        Program = PtxReader.Read(compiled.PTXAssembly) with { Name = NameOf(Method) };
        Executions = new long[Program.Instructions.Length];
    }

    public MethodInfo Method { get; }

    public PtxProgram Program { get; }

    /// <summary>Per instruction: how often it was executed.</summary>
    public long[] Executions { get; }

    /// <summary>A thread per index, threads beyond them in the last block.</summary>
    public void Launch(Index1D length, nint arguments, int bytes)
    {
        int group = accelerator.EstimateGroupSize(this);
        Run(new Grid3((length + group - 1) / group, 1, 1), new Grid3(group, 1, 1), arguments, bytes);
    }

    public void Launch(KernelConfig config, nint arguments, int bytes) =>
        Run(Size(config.GridDim), Size(config.GroupDim), arguments, bytes);

    void Run(Grid3 blocks, Grid3 threads, nint arguments, int bytes)
    {
        PtxVariable last = Program.Parameters[^1];
        if (bytes != last.Start + last.Bytes)
        {
            throw new PtxFault($"{Program.Name} takes {last.Start + last.Bytes} bytes of arguments and gets {bytes}");
        }

        MemoryRange buffer = new(0, (byte*)arguments, bytes, watched: false);
        new PtxLaunch(Program, accelerator.Global, buffer, blocks, threads, accelerator.Order, ++accelerator.Launches, Executions).Run();
    }

    // Of a kernel struct, or of the method that threads of a group share.
    static string NameOf(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name} {string.Join(' ', method.GetGenericArguments().Select(type => $"{type.Name} {string.Join(' ', type.GetGenericArguments().Select(lane => lane.Name))}"))}".Trim();

    static Grid3 Size(Index3D index) => new(index.X, index.Y, index.Z);

    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }
}
