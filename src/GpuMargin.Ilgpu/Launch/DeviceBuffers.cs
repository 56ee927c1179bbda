using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Launch;

/// <summary>The memory that a run takes on a device and, page-locked, on the host; freed together.</summary>
sealed class DeviceBuffers(ComputeDevice device) : IDisposable
{
    readonly List<MemoryBuffer> buffers = [];
    readonly List<IDisposable> pageLocked = [];

    public ComputeDevice Device => device;

    /// <exception cref="InsufficientMemoryException">More than the device gives at once.</exception>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length)
        where T : unmanaged
    {
        long bytes = checked(length * Interop.SizeOf<T>());
        if (bytes > device.LargestBuffer)
        {
            throw new InsufficientMemoryException($"an array of {bytes} bytes is needed, the device gives {device.LargestBuffer} at once");
        }

        MemoryBuffer1D<T, Stride1D.Dense> buffer = device.Accelerator.Allocate1D<T>(length);
        buffers.Add(buffer);
        device.Allocated += buffer.LengthInBytes;
        return buffer;
    }

    public PageLockedArray1D<T> AllocatePageLocked<T>(long length)
        where T : unmanaged
    {
        PageLockedArray1D<T> array = device.Accelerator.AllocatePageLocked1D<T>(length, uninitialized: true);
        pageLocked.Add(array);
        return array;
    }

    public void Dispose()
    {
        pageLocked.ForEach(array => array.Dispose());
        pageLocked.Clear();
        foreach (MemoryBuffer buffer in buffers)
        {
            device.Allocated -= buffer.LengthInBytes;
            buffer.Dispose();
        }

        buffers.Clear();
    }
}
