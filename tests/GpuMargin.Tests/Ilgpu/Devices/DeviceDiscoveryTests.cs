using System.Runtime.InteropServices;
using System.Text.Json;
using GpuMargin.Backends;
using GpuMargin.Cli;
using GpuMargin.Ilgpu.Devices;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Tests.Cli;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Devices;

public sealed class DeviceDiscoveryTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_cpu_accelerator_is_always_there()
    {
        BackendDevices found = IlgpuDevices.Find(IlgpuDevices.IlgpuCpu);

        Assert.True(found.Available);
        DeviceDescription device = Assert.Single(found.Devices);
        Assert.True(device.DoublePrecision);
        Assert.Null(device.MemoryBytes);
        Assert.StartsWith("ILGPU 1.5.", device.Driver, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cpu_accelerator_runs_a_kernel_in_groups_of_several_warps()
    {
        using Context context = IlgpuContext.Create();
        using CPUAccelerator accelerator = CpuAcceleratorDevice.Create(context);
        using MemoryBuffer1D<int, Stride1D.Dense> squares = accelerator.Allocate1D<int>(100);

        accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<int>>(Square)((int)squares.Length, squares.View);
        accelerator.Synchronize();

        Assert.Equal(Enumerable.Range(0, 100).Select(index => index * index), squares.GetAsArray1D());
        Assert.Equal((CpuAcceleratorDevice.WarpSize, 1), (accelerator.WarpSize, accelerator.NumMultiprocessors));
        Assert.True(accelerator.MaxNumThreadsPerGroup > accelerator.WarpSize);
    }

    static void Square(Index1D index, ArrayView<int> squares) => squares[index] = index * index;

    [Fact]
    public void Kernels_are_optimised_inlined_and_exact()
    {
        using Context context = IlgpuContext.Create();

        Assert.Equal(OptimizationLevel.O2, context.Properties.OptimizationLevel);
        Assert.Equal(InliningMode.Aggressive, context.Properties.InliningMode);
        Assert.Equal(MathMode.Default, context.Properties.MathMode);
        Assert.False(context.Properties.EnableAssertions);
    }

    [Fact]
    public void A_driver_that_is_not_found_is_told_with_every_name_it_was_looked_for_under()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(["libcuda.so.1", "libcuda.so"], DriverLibrary.Cuda.Files.Take(2));
            Assert.Equal(["libOpenCL.so.1", "libOpenCL.so"], DriverLibrary.OpenCl.Files);
        }

        foreach (DriverLibrary library in (DriverLibrary[])[DriverLibrary.Cuda, DriverLibrary.OpenCl])
        {
            Assert.All(library.Files, file => Assert.Contains(file, library.NotFound, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(IlgpuDevices.Cuda)]
    [InlineData(IlgpuDevices.OpenCl)]
    public void A_backend_has_a_device_or_one_reason_why_not(string backend)
    {
        BackendDevices found = IlgpuDevices.Find(backend);

        Assert.Equal(found.Devices.Count == 0, found.Missing is not null);
        Assert.Equal(Enumerable.Range(0, found.Devices.Count), found.Devices.Select(device => device.Index));
        DriverLibrary library = backend == IlgpuDevices.Cuda ? DriverLibrary.Cuda : DriverLibrary.OpenCl;
        Assert.Equal(library.File is null, found.Missing == library.NotFound);
        if (!found.Available)
        {
            Assert.Equal(found.WhyNot(null), Assert.Throws<DeviceFailedException>(() => IlgpuDevices.Open(backend, null)).Reason);
        }
    }

    /// <summary>A library that is no driver stands in for one: that it is found out shows that it was loaded, under a name .NET does not try.</summary>
    [Fact]
    public void A_driver_that_is_only_there_as_so_1_is_loaded()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // Only there the name of a driver carries a version.
        }

        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so"), folder["libcuda.so.1"]);

        Invocation devices = Invocation.OfProcess(
            folder.Path, new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = folder.Path }, "devices", "--json");

        Assert.Equal((ExitCode.Done, ""), (devices.Code, devices.Error));
        using JsonDocument json = JsonDocument.Parse(devices.Output);
        JsonElement cuda = json.RootElement.GetProperty("devices").EnumerateArray()
            .Single(entry => entry.GetProperty("backend").GetString() == IlgpuDevices.Cuda);
        Assert.Equal("libcuda.so.1 is not a CUDA driver: it has no cuInit", cuda.GetProperty("description").GetString());
    }
}
