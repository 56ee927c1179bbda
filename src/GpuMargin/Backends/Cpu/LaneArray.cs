using System.Diagnostics;
using System.Runtime.CompilerServices;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>Elements of a lane's precision in aligned memory.</summary>
sealed unsafe class LaneArray<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly AlignedBuffer buffer;

    /// <summary>Zeros.</summary>
    public LaneArray(long elements)
        : this(new AlignedBuffer(elements * ElementSize), elements)
    {
    }

    LaneArray(AlignedBuffer buffer, long elements)
    {
        this.buffer = buffer;
        Length = elements;
    }

    /// <summary>The values rounded to the lane's precision.</summary>
    public LaneArray(ReadOnlySpan<double> values)
        : this(AlignedBuffer.Uninitialized((long)values.Length * ElementSize), values.Length)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Set(i, values[i]);
        }
    }

    /// <summary>Elements whose values the caller sets.</summary>
    public static LaneArray<T> Uninitialized(long elements) => new(AlignedBuffer.Uninitialized(elements * ElementSize), elements);

    public static int ElementSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.IsSingle ? sizeof(float) : sizeof(double);
    }

    public long Length { get; }

    public byte* Pointer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (byte*)buffer.Pointer;
    }

    /// <summary>Address of an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* At(long element)
    {
        Debug.Assert(element >= 0 && element <= Length, $"Element {element} of {Length}.");
        return Pointer + element * ElementSize;
    }

    public double this[long element]
    {
        get
        {
            AssertHolds(element, 1);
            return T.IsSingle ? ((float*)Pointer)[element] : ((double*)Pointer)[element];
        }
    }

    /// <summary>The value rounded to the lane's precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(long element, double value)
    {
        AssertHolds(element, 1);
        if (T.IsSingle)
        {
            ((float*)Pointer)[element] = (float)value;
        }
        else
        {
            ((double*)Pointer)[element] = value;
        }
    }

    /// <summary>Asserts that there are so many elements from this one on.</summary>
    [Conditional("DEBUG")]
    public void AssertHolds(long first, long count) =>
        Debug.Assert(first >= 0 && count >= 0 && first + count <= Length, $"Elements {first} to {first + count} of {Length}.");

    public void Dispose() => buffer.Dispose();
}
