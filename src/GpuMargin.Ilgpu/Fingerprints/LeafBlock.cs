namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>Eight elements of a leaf on their way from memory.</summary>
readonly struct LeafBlock(ulong x0, ulong x1, ulong x2, ulong x3, ulong x4, ulong x5, ulong x6, ulong x7, LeafPosition end)
{
    public readonly ulong X0 = x0;
    public readonly ulong X1 = x1;
    public readonly ulong X2 = x2;
    public readonly ulong X3 = x3;
    public readonly ulong X4 = x4;
    public readonly ulong X5 = x5;
    public readonly ulong X6 = x6;
    public readonly ulong X7 = x7;

    /// <summary>Start of the next block.</summary>
    public readonly LeafPosition End = end;

    /// <remarks>Nothing here waits for a value, so that all eight are on their way together.</remarks>
    public static LeafBlock Load(LeafMessage message, LeafPosition p0)
    {
        LeafPosition p1 = message.After(p0);
        LeafPosition p2 = message.After(p1);
        LeafPosition p3 = message.After(p2);
        LeafPosition p4 = message.After(p3);
        LeafPosition p5 = message.After(p4);
        LeafPosition p6 = message.After(p5);
        LeafPosition p7 = message.After(p6);
        return new(
            message.Load(p0), message.Load(p1), message.Load(p2), message.Load(p3),
            message.Load(p4), message.Load(p5), message.Load(p6), message.Load(p7),
            message.After(p7));
    }

    /// <summary>The block with the padding in place of what lies behind the last element.</summary>
    public LeafBlock Padded(LeafMessage message)
    {
        int first = End.Element - (1 << LeafMessage.LogElementsPerBlock);
        bool last = End.Element == message.Blocks << LeafMessage.LogElementsPerBlock;
        ulong length = last ? message.Length : 0;
        return new(
            message.Padded(X0, first), message.Padded(X1, first + 1), message.Padded(X2, first + 2), message.Padded(X3, first + 3),
            message.Padded(X4, first + 4), message.Padded(X5, first + 5), message.Padded(X6, first + 6), message.Padded(X7, first + 7) | length,
            End);
    }

    /// <summary>Words as SHA-256 reads them: big-endian.</summary>
    public Sha256Block Words() => new()
    {
        W0 = WordOperations.ReverseBytes((uint)X0),
        W1 = WordOperations.ReverseBytes((uint)(X0 >> 32)),
        W2 = WordOperations.ReverseBytes((uint)X1),
        W3 = WordOperations.ReverseBytes((uint)(X1 >> 32)),
        W4 = WordOperations.ReverseBytes((uint)X2),
        W5 = WordOperations.ReverseBytes((uint)(X2 >> 32)),
        W6 = WordOperations.ReverseBytes((uint)X3),
        W7 = WordOperations.ReverseBytes((uint)(X3 >> 32)),
        W8 = WordOperations.ReverseBytes((uint)X4),
        W9 = WordOperations.ReverseBytes((uint)(X4 >> 32)),
        W10 = WordOperations.ReverseBytes((uint)X5),
        W11 = WordOperations.ReverseBytes((uint)(X5 >> 32)),
        W12 = WordOperations.ReverseBytes((uint)X6),
        W13 = WordOperations.ReverseBytes((uint)(X6 >> 32)),
        W14 = WordOperations.ReverseBytes((uint)X7),
        W15 = WordOperations.ReverseBytes((uint)(X7 >> 32)),
    };
}
