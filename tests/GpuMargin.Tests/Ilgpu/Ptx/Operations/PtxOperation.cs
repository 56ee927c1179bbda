namespace GpuMargin.Tests.Ilgpu.Ptx.Operations;

/// <summary>Bits to bits; operands that an operation does not have are ignored. Unused high bits are zero on both sides.</summary>
delegate ulong PtxFunction(ulong a, ulong b, ulong c);

/// <summary>An instruction that only computes a value.</summary>
/// <param name="Result">Bits of the result; 1: a predicate.</param>
/// <param name="Operands">Bits of each operand.</param>
sealed record PtxOperation(string Opcode, int Result, int[] Operands, PtxFunction Apply);
