using GpuMargin.Ilgpu.Lanes;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>Copies a plan's arrays to a device through page-locked memory and owns what it allocated there.</summary>
sealed class Upload(Accelerator accelerator, AcceleratorStream stream) : IDisposable
{
    readonly List<IDisposable> buffers = [];
    readonly List<IDisposable> staging = [];

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
        MemoryBuffer1D<TItem, Stride1D.Dense> buffer = accelerator.Allocate1D<TItem>(Math.Max(values.Length, 1));
        buffers.Add(buffer);
        if (values.Length > 0)
        {
            PageLockedArray1D<TItem> source = accelerator.AllocatePageLocked1D<TItem>(values.Length, uninitialized: true);
            staging.Add(source);
            values.CopyTo(source.Span);
            buffer.View.BaseView.CopyFromPageLockedAsync(stream, source);
        }

        return buffer.View.BaseView;
    }

    /// <summary>Waits for the copies and frees their sources.</summary>
    public void Complete()
    {
        stream.Synchronize();
        foreach (IDisposable source in staging)
        {
            source.Dispose();
        }

        staging.Clear();
    }

    public void Dispose()
    {
        foreach (IDisposable buffer in staging.Concat(buffers))
        {
            buffer.Dispose();
        }
    }
}
