using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GpuMargin.Backends.Cpu;

/// <summary>Native memory on a cache-line boundary, freed with its owner.</summary>
/// <remarks>In Debug it lies between two guard areas that are checked when it is disposed, and what nobody wrote reads as NaN in either precision.</remarks>
sealed unsafe class AlignedBuffer : IDisposable
{
    const nuint CacheLine = 64;

#if DEBUG
    const nuint Guard = 4096;
#else
    const nuint Guard = 0;
#endif

    const byte Unwritten = 0xFF;

    readonly AllocationLimit? limit = AllocationLimit.Current;
    readonly nuint size;
    byte* pointer;

    /// <summary>Zeroed memory.</summary>
    public AlignedBuffer(long bytes)
        : this((nuint)Math.Max(bytes, 1)) =>
        NativeMemory.Clear(pointer, size);

    AlignedBuffer(nuint size)
    {
        this.size = size;
        limit?.Allocate();
        pointer = (byte*)NativeMemory.AlignedAlloc(size + 2 * Guard, CacheLine) + Guard;
        Mark();
    }

    ~AlignedBuffer() => Free();

    /// <summary>Memory with whatever it held: its pages are first touched by the thread that writes them.</summary>
    public static AlignedBuffer Uninitialized(long bytes) => new((nuint)Math.Max(bytes, 1));

    public void* Pointer
    {
        get
        {
            Debug.Assert(pointer != null, "The buffer was disposed of.");
            return pointer;
        }
    }

    /// <summary>Asserts that this many bytes from here on are the buffer's.</summary>
    [Conditional("DEBUG")]
    public void AssertHolds(void* start, long bytes)
    {
        Debug.Assert(bytes >= 0 && start >= pointer && (byte*)start + bytes <= pointer + size, $"{bytes} bytes are not in a buffer of {size}.");
    }

    public void Dispose()
    {
        AssertGuards();
        Free();
        pointer = null;
        GC.SuppressFinalize(this);
    }

    void Free()
    {
        if (pointer != null)
        {
            limit?.Free();
            NativeMemory.AlignedFree(pointer - Guard);
        }
    }

    [Conditional("DEBUG")]
    void Mark()
    {
        Debug.Assert((nuint)pointer % CacheLine == 0, "The buffer is not on a cache-line boundary.");
        NativeMemory.Fill(pointer - Guard, size + 2 * Guard, Unwritten);
    }

    [Conditional("DEBUG")]
    void AssertGuards()
    {
        if (pointer != null)
        {
            Debug.Assert(!new ReadOnlySpan<byte>(pointer - Guard, (int)Guard).ContainsAnyExcept(Unwritten), "Something was written before a buffer.");
            Debug.Assert(!new ReadOnlySpan<byte>(pointer + size, (int)Guard).ContainsAnyExcept(Unwritten), "Something was written behind a buffer.");
        }
    }
}
