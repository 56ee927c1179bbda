using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using GpuMargin.Ilgpu.Fingerprints;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>A kernel as CUDA would get it, compiled without a GPU.</summary>
static partial class KernelText
{
    public static string Compile(Type type, string kernel, string architecture)
    {
        MethodInfo method = type.GetMethod(kernel, BindingFlags.Public | BindingFlags.Static)
            ?? throw new MissingMethodException(type.Name, kernel);
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).CPU());
        WordIntrinsics.Register(context);
        using PTXBackend backend = new(
            context,
            architecture == "8.0" ? CudaArchitecture.SM_80 : CudaArchitecture.SM_90,
            CudaInstructionSet.ISA_80,
            null!);
        var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(method), default);
        return compiled.PTXAssembly;
    }

    /// <summary>
    /// Lines that no kernel of integers may have: calls, local memory, floats, memory not known to be global, shared or a
    /// parameter; and a barrier after a barrier, which is what is left when a read between them was moved behind both.
    /// </summary>
    public static IEnumerable<string> Faults(string text)
    {
        string before = "";
        foreach (string line in text.Split('\n').Select(line => line.Trim()))
        {
            if (Fault().IsMatch(line) || (line == before && line.StartsWith("bar.sync", StringComparison.Ordinal)))
            {
                yield return line;
            }

            before = line;
        }
    }

    /// <summary>Shared memory of a group.</summary>
    public static int SharedBytes(string text) => SharedArray().Matches(text).Sum(match => int.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\.shared\s+\.align\s+\d+\s+\.b8\s+\w+\[(?<bytes>\d+)\]")]
    private static partial Regex SharedArray();

    [GeneratedRegex(@"\.extern|\bcall\b|\.local\b|^(?:@\S+\s+)?(?:ld|st|atom|red)\.(?!(?:\w+\.)*(?:global|shared|param)\b)|\.f(?:16|32|64)\b")]
    private static partial Regex Fault();
}
