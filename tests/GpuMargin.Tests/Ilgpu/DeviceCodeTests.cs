using System.Reflection;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Ilgpu.Launch.OpenCl;
using GpuMargin.Tests.Architecture;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Xunit;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>Every kernel compiled for CUDA, which needs no GPU, and read.</summary>
public sealed class DeviceCodeTests : IDisposable
{
    static readonly Type[] s_lanes = [typeof(DeviceFloat32), typeof(DeviceFloat64)];

    const int MostThreads = 1024; // of a group, on every CUDA device

    readonly Context context = IlgpuContext.Create();

    public static TheoryData<string, int> Kernels()
    {
        TheoryData<string, int> data = [];
        foreach (string name in EntryPoints().Keys)
        {
            data.Add(name, 80);
            data.Add(name, 90);
        }

        return data;
    }

    public static TheoryData<string> Names() => [.. EntryPoints().Keys];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Compiled_for_CUDA_it_rounds_every_operation_by_itself_and_calls_nothing(string kernel, int architecture)
    {
        string assembly = Compile(EntryPoints()[kernel], architecture);
        Assert.Contains(".entry", assembly, StringComparison.Ordinal);
        Assert.Equal([], DeviceCode.Faults(assembly));
        Assert.InRange(DeviceCode.SharedMemory(assembly), 0, DeviceCode.SharedMemoryAllowance);
    }

    /// <summary>Without it ptxas may take more registers a thread than a group of that size has, and the launch fails.</summary>
    [Theory]
    [InlineData("AggregateEntry.Run DeviceFloat32", 1024)]
    [InlineData("AggregateEntry.Run DeviceFloat64", 1024)]
    [InlineData("TailScan.Scan", 256)]
    [InlineData("TailFinish.Finish", 256)]
    [InlineData("LeafHash.Hash", 32)]
    public void A_grouped_kernel_is_compiled_for_its_group(string kernel, int threads) =>
        Assert.Contains($".maxntid {threads}, 1, 1", Compile(EntryPoints()[kernel], 90), StringComparison.Ordinal);

    /// <summary>Else ptxas leaves registers for two groups, which are too few for one without spilling.</summary>
    [Theory]
    [InlineData("AggregateEntry.Run DeviceFloat32")]
    [InlineData("AggregateEntry.Run DeviceFloat64")]
    public void A_group_of_1024_threads_has_a_multiprocessor_to_itself(string kernel) =>
        Assert.Contains(".minnctapersm 1", Compile(EntryPoints()[kernel], 90), StringComparison.Ordinal);

    [Fact]
    public void Every_grouped_kernel_is_compiled_for_a_group() =>
        Assert.All(EntryPoints().Values.Where(entry => entry.Grouped), entry => Assert.Contains(".maxntid", Compile(entry, 80), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiled_for_OpenCL_it_wraps_round_fences_all_memory_and_fuses_nothing(string kernel)
    {
        Assert.Equal([], OpenClCode.Faults(OpenClSource.Exact(OpenCl(context, EntryPoints()[kernel]))));
    }

    /// <summary>ILGPU's own text differs, so that no compiler would find it in its cache.</summary>
    [Fact]
    public void A_kernel_has_the_same_OpenCL_text_in_every_context()
    {
        EntryPoint entry = EntryPoints()["DrawNormals DeviceFloat32"];
        using Context second = IlgpuContext.Create();
        string before = OpenCl(context, entry), after = OpenCl(second, entry);
        Assert.NotEqual(before, after);
        Assert.Equal(OpenClSource.Exact(before), OpenClSource.Exact(after));
    }

    [Fact]
    public void Every_kernel_that_is_loaded_is_among_the_compiled()
    {
        IReadOnlyDictionary<string, string> sources = SourceTree.Code("src/GpuMargin.Ilgpu");
        string all = string.Join('\n', sources.Values);
        int grouped = EntryPoints().Values.Where(entry => entry.Grouped).Select(entry => entry.Definition).Distinct().Count();
        int launched = EntryPoints().Values.Where(entry => !entry.Grouped).Select(entry => entry.Definition).Distinct().Count();
        Assert.Equal(grouped, Count(all, ".LoadGrouped<"));
        Assert.Equal(launched, Count(all, ".Load<"));
    }

    [Fact]
    public void A_plain_product_in_a_sum_is_refused() =>
        Assert.Contains(DeviceCode.Faults(Compile(Own(nameof(PlainSum)), 90)), fault => fault.Contains("fused", StringComparison.Ordinal));

    [Fact]
    public void A_library_function_is_refused() =>
        Assert.Contains(DeviceCode.Faults(Compile(Own(nameof(LibraryFunction)), 90)), fault => fault.Contains("nobody defines", StringComparison.Ordinal));

    [Theory]
    [InlineData("\t.extern .func (.param .b32 r) f();", "nobody defines")]
    [InlineData("\tcall.uni (r), f, (a);", "call")]
    [InlineData("\t@%p1 call f;", "call")]
    [InlineData("\tmul.f32 %f1, %f2, %f3;", "fused")]
    [InlineData("\tadd.f64 %fd1, %fd2, %fd3;", "fused")]
    [InlineData("\tfma.rn.ftz.f32 %f1, %f2, %f3, %f4;", "fused")]
    [InlineData("\tex2.approx.f32 %f1, %f2;", "approximation")]
    [InlineData("\tld.f32 %f1, [%rd1];", "generic")]
    [InlineData("\tld.v2.b32 {%r1, %r2}, [%rd1];", "generic")]
    [InlineData("\tatom.add.u32 %r1, [%rd1], 1;", "generic")]
    [InlineData("\tatom.global.add.f64 %fd1, [%rd1], %fd2;", "atomic")]
    [InlineData("\tbar.sync\t0;\n\tbar.sync\t0;", "barrier")]
    [InlineData("\t.local .align 8 .b8 __local_depot0[16];", "local")]
    public void A_forbidden_line_is_found(string line, string fault) =>
        Assert.Contains(DeviceCode.Faults(line), found => found.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("\tfma.rn.f32 %f1, %f2, %f3, %f4;")]
    [InlineData("\tmul.rn.f64 %fd1, %fd2, %fd3;")]
    [InlineData("\tmul.lo.s32 %r1, %r2, %r3;")]
    [InlineData("\tld.global.v2.b32 {%r1, %r2}, [%rd1];")]
    [InlineData("\tld.param.b64 %rd1, [_p];")]
    [InlineData("\tatom.shared.add.u32 %r1, [%r2], 1;")]
    public void An_allowed_line_is_not(string line) => Assert.Empty(DeviceCode.Faults(line));

    [Theory]
    [InlineData("var1 = (int)((int) var2 +  (int)var3);", "undefined")]
    [InlineData("var1 = (long)((long) var2 *  (long)4);", "undefined")]
    [InlineData("var1 = (int)((int) 1 <<  (int)var3);", "undefined")]
    [InlineData("var1 = (int)( - (int)var3);", "undefined")]
    [InlineData("var1++;", "undefined")]
    [InlineData("work_group_barrier ( CLK_GLOBAL_MEM_FENCE );", "fence")]
    [InlineData("var1 =  atomic_fetch_add ((atomic_float*)var2, (float)var3);", "atomic")]
    public void A_forbidden_line_of_OpenCL_is_found(string line, string fault) =>
        Assert.Contains(OpenClCode.Faults(line), found => found.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("var1 = (int)((uint) var2 +  (uint)var3);")]
    [InlineData("var1 = (uint)((uint) var2 >>  (uint)16);")]
    [InlineData("var1 = (int)((int) var2 >>  (int)4);")]
    [InlineData("var1 = (int) var2 < (int) var3;")]
    [InlineData("var1 = (float)(int) var2;")]
    [InlineData("var1 = -1.5f - var2;")]
    [InlineData("work_group_barrier ( CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE );")]
    public void An_allowed_line_of_OpenCL_is_not(string line) =>
        Assert.Empty(OpenClCode.Faults($"#pragma OPENCL FP_CONTRACT OFF\nkernel void f()\n{line}"));

    public void Dispose() => context.Dispose();

    static void PlainSum(Index1D index, ArrayView<float> x) => x[index] = x[index] * x[index + 1] + x[index + 2];

    static void LibraryFunction(Index1D index, ArrayView<float> x) => x[index] = MathF.FusedMultiplyAdd(x[index], x[index], x[index]);

    static EntryPoint Own(string name)
    {
        MethodInfo method = typeof(DeviceCodeTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
        return new EntryPoint(method, method, Grouped: false);
    }

    string Compile(EntryPoint entry, int architecture)
    {
        using PTXBackend backend = new(
            context, architecture == 80 ? CudaArchitecture.SM_80 : CudaArchitecture.SM_90, CudaInstructionSet.ISA_80, nvvmAPI: null!);
        KernelSpecialization specialization = entry.Grouped ? ComputeDevice.Specialization(entry.Method, MostThreads) : KernelSpecialization.Empty;
        return ((PTXCompiledKernel)backend.Compile(Description(entry), specialization)).PTXAssembly;
    }

    static string OpenCl(Context context, EntryPoint entry)
    {
        using CLBackend backend = new(
            context,
            new CLCapabilityContext(float16: false, float64: true, genericAddressSpace: true, int64_Atomics: true, subGroups: true),
            CLDeviceVendor.Other,
            new CLCVersion(2, 0));
        return ((CLCompiledKernel)backend.Compile(Description(entry), new KernelSpecialization())).Source;
    }

    static EntryPointDescription Description(EntryPoint entry) => entry.Grouped
        ? EntryPointDescription.FromExplicitlyGroupedKernel(entry.Method)
        : EntryPointDescription.FromImplicitlyGroupedKernel(entry.Method);

    static Dictionary<string, EntryPoint> EntryPoints()
    {
        Dictionary<string, EntryPoint> entries = [];
        foreach (Type type in typeof(IKernel).Assembly.GetTypes())
        {
            if (type.IsValueType && type.GetInterfaces().Contains(typeof(IKernel)))
            {
                foreach (Type closed in type.IsGenericTypeDefinition ? s_lanes.Select(lane => type.MakeGenericType(lane)) : [type])
                {
                    entries.Add(Name(closed), new EntryPoint(typeof(KernelEntry).GetMethod(nameof(KernelEntry.Run))!.MakeGenericMethod(closed), type, Grouped: false));
                }
            }

            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(method => method.IsDefined(typeof(GroupedKernelAttribute))))
            {
                foreach (MethodInfo closed in method.IsGenericMethodDefinition ? s_lanes.Select(lane => method.MakeGenericMethod(lane)) : [method])
                {
                    entries.Add($"{type.Name}.{method.Name} {string.Join(' ', closed.GetGenericArguments().Select(lane => lane.Name))}".Trim(), new EntryPoint(closed, method, Grouped: true));
                }
            }
        }

        Assert.True(entries.Count > 10, $"Only {entries.Count} kernels were found.");
        return entries;
    }

    static string Name(Type type) => $"{type.Name.Split('`')[0]} {string.Join(' ', type.GetGenericArguments().Select(lane => lane.Name))}".Trim();

    static int Count(string text, string part) => text.Split(part).Length - 1;

    sealed record EntryPoint(MethodInfo Method, MemberInfo Definition, bool Grouped);
}
