namespace GpuMargin.Tests.Ilgpu.Ptx.Code;

/// <summary>A kernel ready to be executed: every operand is a slot of a thread's registers.</summary>
/// <param name="Parameters">Where each parameter lies in the launch's argument buffer.</param>
/// <param name="Shared">Where each shared variable lies in a block's window.</param>
/// <param name="MostThreads">Threads of a block that the kernel is compiled for; <see langword="null"/>: any.</param>
/// <param name="Slots">What the slots hold before the first instruction: constants, and in registers a value that spoils results.</param>
sealed record PtxProgram(
    string Name,
    IReadOnlyList<PtxVariable> Parameters,
    IReadOnlyList<PtxVariable> Shared,
    int? MostThreads,
    PtxInstruction[] Instructions,
    ulong[] Slots);

/// <param name="Start">Address of its first byte.</param>
readonly record struct PtxVariable(string Name, long Start, int Bytes);
