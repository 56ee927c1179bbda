namespace GpuMargin.Kernels.Lanes;

/// <summary>One or more independent 32-bit unsigned words.</summary>
interface IWordLane<TWord>
    where TWord : unmanaged, IWordLane<TWord>
{
    static abstract int Width { get; }

    static abstract TWord Of(uint x);

    static abstract TWord operator ^(TWord a, TWord b);

    /// <summary>The low word of the sum.</summary>
    static abstract TWord operator +(TWord a, TWord b);

    /// <summary>The low word of the product.</summary>
    static abstract TWord operator *(TWord a, TWord b);

    /// <summary>Bit 0 becomes bit 31 and so on.</summary>
    static abstract TWord ReverseBits(TWord a);

    /// <summary>The 64-bit product a·b in two words.</summary>
    static abstract void MultiplyWide(TWord a, uint b, out TWord high, out TWord low);
}

/// <summary>A word lane of the processor.</summary>
unsafe interface IHostWordLane<TWord> : IWordLane<TWord>
    where TWord : unmanaged, IHostWordLane<TWord>
{
    /// <summary>first, first + 1, … in neighbouring positions.</summary>
    static abstract TWord Sequence(uint first);

    static abstract TWord Load(uint* source);

    static abstract void Store(TWord value, uint* target);
}
