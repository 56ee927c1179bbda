using System.Reflection;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Checks;
using GpuMargin.Ilgpu.Kernels;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Ilgpu.Ptx.Code;
using GpuMargin.Tests.Ilgpu.Ptx.Devices;
using GpuMargin.Tests.Ilgpu.Ptx.Machine;
using ILGPU.Runtime.Cuda;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Ptx;

/// <summary>Whole runs of the code that CUDA gets, interpreted: the processor's bits, without a GPU.</summary>
public sealed class PtxRunTests(PtxRuns runs) : IClassFixture<PtxRuns>
{
    // What cannot happen where it is inlined: a scan selects only from rows that are longer than the tail.
    const double ShareNeverExecuted = 0.005;

    static readonly Type[] s_lanes = [typeof(DeviceFloat32), typeof(DeviceFloat64)];

    static readonly CpuBackend s_reference = new(threads: 1, LaneWidth.Scalar, ProfitAndLossHash.LeafScenarios);

    public static TheoryData<string, Precision> Plans()
    {
        TheoryData<string, Precision> data = [];
        foreach (string name in PtxPlans.Names)
        {
            data.Add(name, Precision.Mixed);
            data.Add(name, Precision.Double);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_run_has_the_bits_of_the_scalar_thread(string plan, Precision precision)
    {
        EngineResult expected = s_reference.Run(PtxPlans.Of(plan, precision));

        new ExpectedResult([.. expected.Tails], expected.ProfitAndLossSha256).AssertSame(runs.Result(plan, precision), $"{plan}, {precision}");
    }

    [Theory]
    [InlineData(Precision.Mixed)]
    [InlineData(Precision.Double)]
    public void Threads_and_blocks_may_run_in_any_order(Precision precision)
    {
        using PtxRuns descending = new(CudaArchitecture.SM_80, PtxOrder.Descending);
        foreach (string plan in (string[])["every kind of instrument, two days", "Sobol points by importance", "ties"])
        {
            EngineResult expected = s_reference.Run(PtxPlans.Of(plan, precision));
            new ExpectedResult([.. expected.Tails], expected.ProfitAndLossSha256).AssertSame(descending.Result(plan, precision), $"{plan}, {precision}");
        }
    }

    [Theory]
    [InlineData(Precision.Mixed)]
    [InlineData(Precision.Double)]
    public void Profit_and_loss_out_of_range_is_found_where_the_scalar_thread_finds_it(Precision precision)
    {
        ValuationRun plan = PtxPlans.OutOfRange(precision);
        NonFiniteProfitAndLossException expected = Assert.Throws<NonFiniteProfitAndLossException>(() => s_reference.Run(plan));
        NonFiniteProfitAndLossException found = Assert.Throws<NonFiniteProfitAndLossException>(() => runs.Backend.Run(plan));
        Assert.Equal((10, expected.Scenario, expected.Row), (expected.Scenario, found.Scenario, found.Row));
    }

    [Fact]
    public void Known_arithmetic_is_computed() => KnownArithmetic.Check(runs.Device);

    [Fact]
    public void Every_kernel_runs_and_every_instruction_of_it()
    {
        RunAll();

        ILookup<MethodInfo, PtxKernel> byMethod = runs.Kernels.ToLookup(kernel => kernel.Method);
        foreach (MethodInfo entry in EntryPoints())
        {
            PtxKernel[] kernels = [.. byMethod[entry]];
            Assert.True(kernels.Length > 0, $"{entry} was never loaded.");
            PtxInstruction[] never = [.. kernels[0].Program.Instructions.Where((_, i) => kernels.All(kernel => kernel.Executions[i] == 0))];
            Assert.True(
                never.Length <= ShareNeverExecuted * kernels[0].Program.Instructions.Length,
                $"{kernels[0].Program.Name} never executed {string.Join(" ", never.Select(instruction => instruction.Text))}");
        }
    }

    [Fact]
    public void Every_instruction_of_the_kernels_has_a_known_answer()
    {
        RunAll();

        IEnumerable<string> used = runs.Kernels.SelectMany(kernel => kernel.Program.Instructions)
            .Where(instruction => instruction.Kind == PtxKind.Value)
            .Select(instruction => instruction.Opcode)
            .Distinct();
        Assert.Equal([], used.Except(PtxKnownAnswers.Opcodes));
    }

    void RunAll()
    {
        foreach (Precision precision in (Precision[])[Precision.Mixed, Precision.Double])
        {
            foreach (string plan in PtxPlans.Names)
            {
                runs.Result(plan, precision);
            }

            Assert.Throws<NonFiniteProfitAndLossException>(() => runs.Backend.Run(PtxPlans.OutOfRange(precision)));
        }

        KnownArithmetic.Check(runs.Device);
    }

    // All of the assembly, in both precisions.
    static IEnumerable<MethodInfo> EntryPoints()
    {
        MethodInfo entry = typeof(KernelEntry).GetMethod(nameof(KernelEntry.Run))!;
        Type[] types = typeof(IKernel).Assembly.GetTypes();
        IEnumerable<MethodInfo> independent = types.Where(type => type.IsValueType && type.GetInterfaces().Contains(typeof(IKernel)))
            .SelectMany(type => type.IsGenericTypeDefinition ? s_lanes.Select(lane => entry.MakeGenericMethod(type.MakeGenericType(lane))) : [entry.MakeGenericMethod(type)]);
        IEnumerable<MethodInfo> grouped = types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(method => method.IsDefined(typeof(GroupedKernelAttribute)))
            .SelectMany(method => method.IsGenericMethodDefinition ? s_lanes.Select(lane => method.MakeGenericMethod(lane)) : [method]);
        return independent.Concat(grouped);
    }
}
