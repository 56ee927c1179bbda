using GpuMargin.Ilgpu.Lanes;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Launch;

/// <summary>Copies a plan's arrays to a device through page-locked memory, which is freed once the copies are done.</summary>
sealed class Upload(DeviceBuffers buffers, AcceleratorStream stream) : IDisposable
{
    readonly DeviceBuffers staging = new(buffers.Device);

    /// <summary>Working-precision elements.</summary>
    public ArrayView<T> Lanes<T>(ReadOnlySpan<double> values)
        where T : unmanaged, IDeviceLane<T>
    {
        T[] rounded = new T[values.Length];
        for (int i = 0; i < rounded.Length; i++)
        {
            rounded[i] = T.Of(values[i]);
        }

        return Items<T>(rounded);
    }

    public ArrayView<TItem> Items<TItem>(ReadOnlySpan<TItem> values)
        where TItem : unmanaged
    {
        // A view of nothing cannot be passed to a kernel, so an empty array gets one element that no kernel reads.
        ArrayView<TItem> target = buffers.Allocate<TItem>(Math.Max(values.Length, 1)).View.BaseView;
        if (values.Length > 0)
        {
            PageLockedArray1D<TItem> source = staging.AllocatePageLocked<TItem>(values.Length);
            values.CopyTo(source.Span);
            target.CopyFromPageLockedAsync(stream, source);
        }

        return target;
    }

    /// <summary>Waits for the copies.</summary>
    public void Dispose()
    {
        try
        {
            stream.Synchronize();
        }
        finally
        {
            staging.Dispose();
        }
    }
}
