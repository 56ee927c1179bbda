using System.Runtime.InteropServices;

namespace GpuMargin.Backends.Cpu;

/// <summary>Native memory on a cache-line boundary, freed with its owner.</summary>
sealed unsafe class AlignedBuffer : IDisposable
{
    const nuint CacheLine = 64;

    readonly AllocationLimit? limit = AllocationLimit.Current;
    void* pointer;

    /// <summary>Zeroed memory.</summary>
    public AlignedBuffer(long bytes)
        : this((nuint)Math.Max(bytes, 1)) =>
        NativeMemory.Clear(pointer, (nuint)Math.Max(bytes, 1));

    AlignedBuffer(nuint size)
    {
        limit?.Allocate();
        pointer = NativeMemory.AlignedAlloc(size, CacheLine);
    }

    ~AlignedBuffer() => NativeMemory.AlignedFree(pointer);

    /// <summary>Memory with whatever it held: its pages are first touched by the thread that writes them.</summary>
    public static AlignedBuffer Uninitialized(long bytes) => new((nuint)Math.Max(bytes, 1));

    public void* Pointer => pointer;

    public void Dispose()
    {
        if (pointer is not null)
        {
            limit?.Free();
            NativeMemory.AlignedFree(pointer);
            pointer = null;
        }

        GC.SuppressFinalize(this);
    }
}
