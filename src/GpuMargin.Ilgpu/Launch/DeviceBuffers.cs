using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Launch;

/// <summary>The memory that a run takes on a device and, page-locked, on the host; freed together.</summary>
/// <param name="largest">Bytes of one buffer, at most.</param>
sealed class DeviceBuffers(ComputeDevice device, long largest) : IDisposable
{
    readonly List<IDisposable> owned = [];

    public DeviceBuffers(ComputeDevice device)
        : this(device, device.LargestBuffer)
    {
    }

    public ComputeDevice Device => device;

    /// <exception cref="InsufficientMemoryException">More than the device gives at once.</exception>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length)
        where T : unmanaged
    {
        long bytes = checked(length * Interop.SizeOf<T>());
        return bytes <= largest
            ? Own(device.Accelerator.Allocate1D<T>(length))
            : throw new InsufficientMemoryException($"an array of {bytes} bytes is needed, the device gives {largest} at once");
    }

    public PageLockedArray1D<T> AllocatePageLocked<T>(long length)
        where T : unmanaged =>
        Own(device.Accelerator.AllocatePageLocked1D<T>(length, uninitialized: true));

    TBuffer Own<TBuffer>(TBuffer buffer)
        where TBuffer : IDisposable
    {
        owned.Add(buffer);
        return buffer;
    }

    public void Dispose()
    {
        foreach (IDisposable buffer in Enumerable.Reverse(owned))
        {
            buffer.Dispose();
        }

        owned.Clear();
    }
}
