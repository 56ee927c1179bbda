namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

/// <summary>One allocation or variable.</summary>
/// <param name="start">Address by which kernels know it.</param>
sealed unsafe class MemoryRange(long start, byte* bytes, int length, bool watched)
{
    public long Start { get; } = start;

    public long End { get; } = start + length;

    /// <summary>None of memory that is only read.</summary>
    public AccessLog? Log { get; } = watched ? new AccessLog(length) : null;

    public ulong Read(long address, int count) => count == 4 ? *(uint*)At(address) : *(ulong*)At(address);

    public void Write(long address, int count, ulong value)
    {
        if (count == 4)
        {
            *(uint*)At(address) = (uint)value;
        }
        else
        {
            *(ulong*)At(address) = value;
        }
    }

    byte* At(long address) => bytes + (address - Start);
}
