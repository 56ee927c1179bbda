using GpuMargin.Backends;

namespace GpuMargin.Ilgpu.Devices;

/// <summary>The devices that ILGPU reaches, or why it reaches none. Works as well in a build without ILGPU.</summary>
public static partial class IlgpuDevices
{
    public const string Cuda = "cuda";
    public const string OpenCl = "opencl";
    public const string IlgpuCpu = "ilgpu-cpu";

    /// <summary>The backends of this assembly, as the command line names them.</summary>
    public static IReadOnlyList<string> Backends { get; } = [Cuda, OpenCl, IlgpuCpu];

    /// <param name="backend">One of <see cref="Backends"/>.</param>
    public static partial BackendDevices Find(string backend);

    /// <summary>Opens a backend that <see cref="Find"/> calls available; dispose it when it can be disposed, which must not throw even when its device is lost.</summary>
    /// <param name="backend">One of <see cref="Backends"/>.</param>
    /// <param name="device">Only this one; <see langword="null"/>: all usable CUDA devices, of other backends the first.</param>
    /// <exception cref="DeviceFailedException">It does not open.</exception>
    public static partial IBackend Open(string backend, int? device);
}
