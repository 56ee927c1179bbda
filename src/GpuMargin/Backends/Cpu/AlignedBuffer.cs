using System.Runtime.InteropServices;

namespace GpuMargin.Backends.Cpu;

/// <summary>Native memory on a cache-line boundary, zeroed, freed with its owner.</summary>
sealed unsafe class AlignedBuffer : IDisposable
{
    const nuint CacheLine = 64;

    void* pointer;

    public AlignedBuffer(long bytes)
    {
        nuint size = (nuint)Math.Max(bytes, 1);
        pointer = NativeMemory.AlignedAlloc(size, CacheLine);
        NativeMemory.Clear(pointer, size);
    }

    ~AlignedBuffer() => NativeMemory.AlignedFree(pointer);

    public void* Pointer => pointer;

    public void Dispose()
    {
        NativeMemory.AlignedFree(pointer);
        pointer = null;
        GC.SuppressFinalize(this);
    }
}
