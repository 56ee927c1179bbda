namespace GpuMargin.Backends.Cpu;

/// <summary>A number of buffers that may be allocated by what runs under the limit; tests let allocations fail by it.</summary>
/// <param name="buffers">Allocations that succeed.</param>
sealed class AllocationLimit(int buffers)
{
    static readonly AsyncLocal<AllocationLimit?> s_current = new();

    int allocated;
    int live;

    /// <summary>The limit of the calling thread and of the threads that it starts; <see langword="null"/>: none.</summary>
    public static AllocationLimit? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>Buffers that were allocated and not freed.</summary>
    public int Live => Volatile.Read(ref live);

    /// <exception cref="InsufficientMemoryException">The limit is reached.</exception>
    public void Allocate()
    {
        if (Interlocked.Increment(ref allocated) > buffers)
        {
            throw new InsufficientMemoryException("The limit of allocations is reached.");
        }

        Interlocked.Increment(ref live);
    }

    public void Free() => Interlocked.Decrement(ref live);
}
