using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Engine;
using GpuMargin.Ilgpu.Lanes;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Tests.Backends;
using ILGPU;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Engine;

/// <summary>What a run that does not get all its memory leaves behind: nothing.</summary>
public sealed class DeviceRunMemoryTests
{
    const int Width = 64;

    static readonly ValuationRun s_run = MarginCalculator.Plan(new VariedSet { Scenarios = Width, Sampling = Sampling.Sobol }.Build(Precision.Mixed));

    /// <summary>The larger the largest buffer, the more of a run's allocations succeed before one fails; at last all do.</summary>
    [Fact]
    public void Whichever_allocation_fails_all_before_it_are_freed()
    {
        using Context context = IlgpuContext.Create();
        HashSet<string> failures = [];
        bool complete = false;
        for (long largest = 16; !complete; largest += largest / 4)
        {
            using ComputeDevice device = new(CpuAcceleratorDevice.Create(context), largest);
            DeviceKernels<DeviceFloat32> kernels = new(device);
            long held = 0;
            try
            {
                using DeviceRun<DeviceFloat32> run = new(device, kernels, device.Accelerator.DefaultStream, device.Accelerator.DefaultStream, s_run, Width);
                held = device.Allocated;
                complete = true;
            }
            catch (InsufficientMemoryException failure)
            {
                failures.Add(failure.Message);
            }

            Assert.Equal(0, device.Allocated);
            Assert.Equal(complete, held > 0);
        }

        Assert.InRange(failures.Count, 5, 100);
    }
}
