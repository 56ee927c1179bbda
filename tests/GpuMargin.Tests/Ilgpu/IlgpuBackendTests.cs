using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Tests.Backends;
using ILGPU;
using Xunit;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>The device under test: slice after slice on one, and everything at once on two that share the accounts.</summary>
public sealed class IlgpuBackendTests(IlgpuBackendTests.OpenBackends open) : BackendSuite, IClassFixture<IlgpuBackendTests.OpenBackends>
{
    protected override IReadOnlyList<IBackend> Backends => open.Backends;

    [Fact]
    public void A_run_beyond_a_devices_memory_does_not_fit_and_two_devices_share_the_rows()
    {
        ValuationRun run = MarginCalculator.Plan(new VariedSet { Factors = 3, Accounts = 128 }.Build(Precision.Mixed));
        RunSize size = RunSize.Of(run);
        Assert.All(Backends, backend => Assert.True(backend.Memory(run, size).Fits));
        Assert.All(Backends, backend => Assert.False(backend.Memory(run, size with { TailLength = int.MaxValue / 2 }).Fits));
        Assert.True(Backends[1].Memory(run, size).Bytes < Backends[0].Memory(run, size).Bytes);
    }

    public sealed class OpenBackends : IDisposable
    {
        readonly IlgpuBackend[] backends = [Open(devices: 1, mostScenarios: 64), Open(devices: 2, mostScenarios: 8192)];

        public IReadOnlyList<IBackend> Backends => backends;

        public void Dispose()
        {
            foreach (IlgpuBackend backend in backends)
            {
                backend.Dispose();
            }
        }

        static IlgpuBackend Open(int devices, int mostScenarios)
        {
            Context context = IlgpuContext.Create();
            return new IlgpuBackend(
                TestDevice.IsOpenCl ? TestDevice.OpenCl : "ilgpu-cpu", context, [.. Enumerable.Range(0, devices).Select(_ => TestDevice.Create(context))], mostScenarios);
        }
    }
}
