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

    /// <summary>Where the next block begins.</summary>
    public readonly LeafPosition End = end;

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
            message[p0], message[p1], message[p2], message[p3], message[p4], message[p5], message[p6], message[p7], message.After(p7));
    }

    /// <summary>As SHA-256 reads them: big-endian words.</summary>
    public Sha256Block Words() => new()
    {
        W0 = ReverseBytes((uint)X0),
        W1 = ReverseBytes((uint)(X0 >> 32)),
        W2 = ReverseBytes((uint)X1),
        W3 = ReverseBytes((uint)(X1 >> 32)),
        W4 = ReverseBytes((uint)X2),
        W5 = ReverseBytes((uint)(X2 >> 32)),
        W6 = ReverseBytes((uint)X3),
        W7 = ReverseBytes((uint)(X3 >> 32)),
        W8 = ReverseBytes((uint)X4),
        W9 = ReverseBytes((uint)(X4 >> 32)),
        W10 = ReverseBytes((uint)X5),
        W11 = ReverseBytes((uint)(X5 >> 32)),
        W12 = ReverseBytes((uint)X6),
        W13 = ReverseBytes((uint)(X6 >> 32)),
        W14 = ReverseBytes((uint)X7),
        W15 = ReverseBytes((uint)(X7 >> 32)),
    };

    public static uint ReverseBytes(uint x) =>
        (Sha256State.RotateRight(x, 24) & 0x00FF00FF) | (Sha256State.RotateRight(x, 8) & 0xFF00FF00);
}
