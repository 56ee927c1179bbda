using GpuMargin.Backends;
using GpuMargin.Ilgpu.Checks;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Devices;

public static partial class IlgpuDevices
{
    public static partial BackendDevices Find(string backend) => backend switch
    {
        Cuda => CudaDevices.Find(),
        OpenCl => OpenClDevices.Find(),
        IlgpuCpu => CpuAcceleratorDevice.Find(),
        _ => throw new ArgumentOutOfRangeException(nameof(backend), backend, "Not a backend of this assembly."),
    };

    public static partial IBackend Open(string backend, int? device)
    {
        BackendDevices found = Find(backend);
        if (found.WhyNot(device) is { } unusable)
        {
            throw new DeviceFailedException(backend, device is null ? "every device" : $"device {device}", unusable);
        }

        IEnumerable<DeviceDescription> usable = found.Devices.Where(known => known.Unusable is null && (device is null || known.Index == device));
        DeviceDescription[] chosen = [.. backend == Cuda ? usable : usable.Take(1)];
        string words = string.Join(" and ", chosen.Select(known => known.Name));
        try
        {
            return OpenBackend(backend, chosen);
        }
        catch (Exception failure) when (DeviceFailure.Reason(failure) is { } reason)
        {
            throw new DeviceFailedException(backend, words, reason, failure);
        }
    }

    static IlgpuBackend OpenBackend(string backend, DeviceDescription[] chosen)
    {
        Context context = IlgpuContext.Create();
        List<ComputeDevice> devices = [];
        try
        {
            foreach (DeviceDescription device in chosen)
            {
                devices.Add(new ComputeDevice(CreateAccelerator(backend, context, device.Index)));
                KnownArithmetic.Check(devices[^1]);
            }

            return new IlgpuBackend(backend, context, devices);
        }
        catch
        {
            devices.ForEach(device => device.Dispose());
            context.Dispose();
            throw;
        }
    }

    static Accelerator CreateAccelerator(string backend, Context context, int index) => backend switch
    {
        Cuda => CudaDevices.Create(context, index),
        OpenCl => OpenClDevices.Create(context, index),
        _ => CpuAcceleratorDevice.Create(context),
    };
}
