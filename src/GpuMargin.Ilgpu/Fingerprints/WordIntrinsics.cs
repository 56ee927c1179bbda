using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>The instructions of <see cref="WordOperations"/> for CUDA; OpenCL's compilers find theirs from shifts.</summary>
static class WordIntrinsics
{
    // PTX ISA, prmt: byte 3 of the operand first, byte 0 last.
    const long Reversed = 0x0123;

    /// <summary>Must be called once per context, before it creates an accelerator.</summary>
    public static void Register(Context context)
    {
        IntrinsicImplementationManager manager = context.GetIntrinsicManager();
        Register(manager, nameof(WordOperations.RotateRight), nameof(EmitRotateRight), nameof(WordOperations.RotateRightByShifts));
        Register(manager, nameof(WordOperations.ReverseBytes), nameof(EmitReverseBytes), nameof(WordOperations.ReverseBytesByShifts));
    }

    static void Register(IntrinsicImplementationManager manager, string operation, string instruction, string shifts)
    {
        MethodInfo method = Method(typeof(WordOperations), operation);
        manager.RegisterMethod(method, new PTXIntrinsic(Method(typeof(WordIntrinsics), instruction), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(method, new CLIntrinsic(Method(typeof(WordOperations), shifts), IntrinsicImplementationMode.Redirect));
    }

    static MethodInfo Method(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        ?? throw new MissingMethodException(type.Name, name);

    static void EmitRotateRight(PTXBackend backend, PTXCodeGenerator code, Value call)
    {
        PTXCodeGenerator.PrimitiveRegister x = code.LoadPrimitive(call[0]);
        PTXCodeGenerator.PrimitiveRegister bits = code.LoadPrimitive(call[1]);
        PTXCodeGenerator.HardwareRegister target = code.AllocateHardware(call);
        using var command = code.BeginCommand("shf.r.wrap.b32");
        command.AppendArgument(target);
        command.AppendArgument(x);
        command.AppendArgument(x);
        command.AppendArgument(bits);
    }

    static void EmitReverseBytes(PTXBackend backend, PTXCodeGenerator code, Value call)
    {
        PTXCodeGenerator.PrimitiveRegister x = code.LoadPrimitive(call[0]);
        PTXCodeGenerator.HardwareRegister target = code.AllocateHardware(call);
        using var command = code.BeginCommand("prmt.b32");
        command.AppendArgument(target);
        command.AppendArgument(x);
        command.AppendArgument(x);
        command.AppendConstant(Reversed);
    }
}
