using GpuMargin.Tests.Ilgpu.Ptx.Operations;

namespace GpuMargin.Tests.Ilgpu.Ptx.Code;

enum PtxKind
{
    Value,
    Load,
    Store,
    Atomic,
    Branch,
    Return,
    Barrier,
}

enum PtxSpace
{
    Parameter,
    Global,
    Shared,
}

/// <summary>An instruction whose operands are slots.</summary>
sealed record PtxInstruction(PtxKind Kind, string Opcode, string Text)
{
    /// <summary>Slot of operands and guards that are not there.</summary>
    public const int None = -1;

    /// <summary>Predicate on which the instruction depends.</summary>
    public int Guard { get; init; } = None;

    public bool GuardNegated { get; init; }

    /// <summary>Result of a value; of an atomic operation the old value, if it is kept.</summary>
    public int Target { get; init; } = None;

    public int A { get; init; }

    public int B { get; init; }

    public int C { get; init; }

    /// <summary>Operands of values: all; of atomic operations: the old value and <see cref="B"/>.</summary>
    public PtxFunction? Apply { get; init; }

    public PtxSpace Space { get; init; }

    /// <summary>Slot of the address; <see cref="None"/> for a parameter.</summary>
    public int Address { get; init; } = None;

    public long Offset { get; init; }

    public int BytesOfElement { get; init; }

    /// <summary>Slots that are loaded or stored, one behind the other in memory.</summary>
    public int[] Elements { get; init; } = [];

    /// <summary>Index of the instruction to branch to.</summary>
    public int Destination { get; init; } = None;

    /// <summary>All threads of a warp that execute it together must go the same way.</summary>
    public bool Uniform { get; init; }
}
