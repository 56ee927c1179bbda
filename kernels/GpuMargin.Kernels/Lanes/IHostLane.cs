namespace GpuMargin.Kernels.Lanes;

/// <summary>A lane of the processor: what drivers need to move it to and from memory.</summary>
unsafe interface IHostLane<T> : ILane<T>
    where T : unmanaged, IHostLane<T>
{
    /// <summary>Reads <see cref="ILane{T}.Width"/> neighbouring elements.</summary>
    static abstract T Load(void* source, nint element);

    static abstract void Store(T value, void* target, nint element);

    /// <summary>One element in every position.</summary>
    static abstract T Broadcast(void* source, nint element);

    /// <summary>The first element of row number <paramref name="rowBits"/>, position by position; eight elements to a row.</summary>
    static abstract T GatherRows(void* table, T rowBits);

    /// <summary>The low 31 bits of <see cref="ILane{T}.Width"/> neighbouring words as numbers, and bit 31 as the sign of <paramref name="sign"/>.</summary>
    static abstract T FromWords(uint* words, out T sign);

    /// <summary>Adds every position, widened to double precision, to neighbouring sums.</summary>
    static abstract void AddTo(T addend, double* sums);

    /// <summary><see cref="AddTo"/> to sums of +0: −0 becomes +0.</summary>
    static abstract void WidenTo(T value, double* sums);
}
