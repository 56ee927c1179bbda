using GpuMargin.Backends;
using GpuMargin.Ilgpu.Devices;

namespace GpuMargin.Cli.Options;

/// <summary>Source of the backends beside the CPU's; tests put devices in their place that fail when told to.</summary>
/// <param name="Find">A backend's devices.</param>
/// <param name="Open">A backend on its device of a number, or on those it takes by itself.</param>
sealed record BackendSource(Func<string, BackendDevices> Find, Func<string, int?, IBackend> Open)
{
    internal static BackendSource OfThisMachine { get; } = new(IlgpuDevices.Find, IlgpuDevices.Open);
}
