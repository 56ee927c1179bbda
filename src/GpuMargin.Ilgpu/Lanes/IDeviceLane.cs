using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Ilgpu.Lanes;

/// <summary>A lane of one scenario on a device; also the element type of device buffers.</summary>
interface IDeviceLane<T> : ILane<T>
    where T : unmanaged, IDeviceLane<T>
{
    /// <summary>The raw bits' low 32 as an index.</summary>
    static abstract int IndexOf(T bits);

    /// <summary>The low 31 bits of a word as a number, and bit 31 as the sign of <paramref name="sign"/>.</summary>
    static abstract T FromWord(uint word, out T sign);

    /// <summary>sum + addend, the addend widened to double precision.</summary>
    static abstract double AddTo(double sum, T addend);

    /// <summary>The element whose bits these are; the high half only of a double.</summary>
    static abstract T FromBits(int low, int high);

    /// <summary>The element on the host.</summary>
    static abstract double ToDouble(T value);
}
