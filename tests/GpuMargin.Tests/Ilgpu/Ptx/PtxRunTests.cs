using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Ilgpu.Ptx.Devices;
using GpuMargin.Tests.Ilgpu.Ptx.Machine;
using ILGPU;
using ILGPU.Runtime.Cuda;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Ptx;

/// <summary>Whole runs on the interpreter.</summary>
public sealed class PtxRunTests
{
    [Theory]
    [InlineData(Precision.Mixed)]
    [InlineData(Precision.Double)]
    public void A_run_has_the_bits_of_the_scalar_thread(Precision precision)
    {
        ClearingSet set = new VariedSet { Scenarios = 100 }.Build(precision);
        MarginPlan plan = MarginCalculator.Plan(set);
        CpuBackend reference = new(threads: 1, LaneWidth.Scalar, ProfitAndLossHash.LeafScenarios);
        ExpectedResult expected = ExpectedResult.Of(Visited.ProfitAndLoss(reference, plan), set.Settings.Scenarios, plan.TailLength);
        Context context = IlgpuContext.Create();
        PtxAccelerator accelerator = new(context, new PtxDevice(CudaArchitecture.SM_90), PtxOrder.Ascending);
        using IlgpuBackend backend = new("cuda", context, [new ComputeDevice(accelerator)]);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        expected.AssertSame(backend.Run(plan), backend.Device);
        Console.WriteLine($"{System.Diagnostics.Stopwatch.GetElapsedTime(start)}");
        start = System.Diagnostics.Stopwatch.GetTimestamp();
        expected.AssertSame(backend.Run(plan), backend.Device);
        Console.WriteLine($"{System.Diagnostics.Stopwatch.GetElapsedTime(start)}");
        foreach (var kernel in accelerator.Kernels)
        {
            Console.WriteLine($"{kernel.Method} {kernel.Executions.Sum()} {kernel.Executions.Count(x => x > 0)}/{kernel.Executions.Length}");
        }
    }
}
