using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace GpuMargin.Ilgpu.Lanes;

/// <summary>The instructions of <see cref="DeviceArithmetic"/> for CUDA and OpenCL.</summary>
static class DeviceIntrinsics
{
    const BindingFlags Private = BindingFlags.NonPublic | BindingFlags.Static;

    /// <summary>Must be called once per context, before it compiles a kernel.</summary>
    public static void Register(Context context)
    {
        IntrinsicImplementationManager manager = context.GetIntrinsicManager();
        foreach (MethodInfo operation in typeof(DeviceArithmetic).GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            string precision = operation.ReturnType == typeof(float) ? "Single" : "Double";
            manager.RegisterMethod(operation, new PTXIntrinsic(Generator(operation.Name + precision), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(operation, new CLIntrinsic(Generator("OpenCL" + operation.Name), IntrinsicImplementationMode.GenerateCode));
        }
    }

    static MethodInfo Generator(string name) => typeof(DeviceIntrinsics).GetMethod(name, Private)
        ?? throw new MissingMethodException(nameof(DeviceIntrinsics), name);

#pragma warning disable IDE0051 // found by name above
    static void AddSingle(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "add.rn.f32");

    static void AddDouble(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "add.rn.f64");

    static void SubtractSingle(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "sub.rn.f32");

    static void SubtractDouble(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "sub.rn.f64");

    static void MultiplySingle(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "mul.rn.f32");

    static void MultiplyDouble(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "mul.rn.f64");

    static void DivideSingle(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "div.rn.f32");

    static void DivideDouble(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "div.rn.f64");

    static void MultiplyAddSingle(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "fma.rn.f32");

    static void MultiplyAddDouble(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "fma.rn.f64");

    static void SquareRootSingle(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "sqrt.rn.f32");

    static void SquareRootDouble(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "sqrt.rn.f64");

    static void OpenCLAdd(CLBackend backend, CLCodeGenerator code, Value call) => EmitOperator(code, call, "+");

    static void OpenCLSubtract(CLBackend backend, CLCodeGenerator code, Value call) => EmitOperator(code, call, "-");

    static void OpenCLMultiply(CLBackend backend, CLCodeGenerator code, Value call) => EmitOperator(code, call, "*");

    static void OpenCLDivide(CLBackend backend, CLCodeGenerator code, Value call) => EmitOperator(code, call, "/");

    static void OpenCLMultiplyAdd(CLBackend backend, CLCodeGenerator code, Value call) => EmitFunction(code, call, "fma");

    static void OpenCLSquareRoot(CLBackend backend, CLCodeGenerator code, Value call) => EmitFunction(code, call, "sqrt");
#pragma warning restore IDE0051

    static void Emit(PTXCodeGenerator code, Value call, string instruction)
    {
        var operands = new PTXCodeGenerator.PrimitiveRegister[call.Nodes.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = code.LoadPrimitive(call[i]);
        }

        var target = code.AllocateHardware(call);
        using var command = code.BeginCommand(instruction);
        command.AppendArgument(target);
        foreach (var operand in operands)
        {
            command.AppendArgument(operand);
        }
    }

    static void EmitOperator(CLCodeGenerator code, Value call, string sign)
    {
        var left = code.Load(call[0]);
        var right = code.Load(call[1]);
        var target = code.Allocate(call);
        using var statement = code.BeginStatement(target);
        statement.Append(left);
        statement.AppendCommand(sign);
        statement.Append(right);
    }

    static void EmitFunction(CLCodeGenerator code, Value call, string function)
    {
        var operands = new CLCodeGenerator.Variable[call.Nodes.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = code.Load(call[i]);
        }

        var target = code.Allocate(call);
        using var statement = code.BeginStatement(target);
        statement.AppendCommand(function);
        statement.BeginArguments();
        foreach (var operand in operands)
        {
            statement.AppendArgument(operand);
        }

        statement.EndArguments();
    }
}
