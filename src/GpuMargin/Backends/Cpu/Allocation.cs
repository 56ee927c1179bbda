namespace GpuMargin.Backends.Cpu;

/// <summary>Several allocations of one owner: all of them stay when they are complete, and none when a later one fails.</summary>
sealed class Allocation : IDisposable
{
    readonly List<IDisposable> taken = [];

    public T Take<T>(T memory)
        where T : IDisposable
    {
        taken.Add(memory);
        return memory;
    }

    /// <summary>Leaves what was taken to its owner.</summary>
    public void Complete() => taken.Clear();

    public void Dispose() => taken.ForEach(memory => memory.Dispose());
}
