using GpuMargin.Backends;
using GpuMargin.Ilgpu;
using GpuMargin.Ilgpu.Devices;
using GpuMargin.Tests.Backends;
using ILGPU;
using ILGPU.Runtime;
using Xunit;

namespace GpuMargin.Tests.Ilgpu;

/// <summary>ILGPU's CPU accelerator: one slice and several, one device and three.</summary>
public sealed class IlgpuBackendTests : BackendSuite, IClassFixture<IlgpuBackendTests.Accelerators>
{
    readonly IBackend[] backends;

    public IlgpuBackendTests(Accelerators accelerators) => backends =
    [
        new IlgpuBackend("ilgpu-cpu", [accelerators.All[0]], mostScenarios: 64),
        new IlgpuBackend("ilgpu-cpu", accelerators.All, mostScenarios: 192),
        new IlgpuBackend("ilgpu-cpu", [accelerators.All[0]]),
    ];

    protected override IReadOnlyList<IBackend> Backends => backends;

    public sealed class Accelerators : IDisposable
    {
        readonly Context context = IlgpuContext.Create();

        public Accelerators() => All = [.. Enumerable.Range(0, 3).Select(_ => IlgpuContext.CpuDevice(context).CreateAccelerator(context))];

        internal Accelerator[] All { get; }

        public void Dispose()
        {
            foreach (Accelerator accelerator in All)
            {
                accelerator.Dispose();
            }

            context.Dispose();
        }
    }
}
