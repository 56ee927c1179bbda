using System.Reflection;
using GpuMargin.Backends;

namespace GpuMargin.Ilgpu.Devices;

public static partial class IlgpuDevices
{
    // Written by the build, which alone knows why it left ILGPU out.
    static readonly string s_reason = typeof(IlgpuDevices).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "IlgpuMissing").Value!;

    public static partial BackendDevices Find(string backend) => BackendDevices.None(backend, s_reason);

    public static partial IBackend Open(string backend, int? device) =>
        throw new DeviceFailedException(backend, "every device", s_reason);
}
