namespace GpuMargin.Tests.Ilgpu.Ptx.Code;

/// <summary>PTX that the interpreter does not know, or a program that does what no program may do.</summary>
sealed class PtxFault(string message) : Exception(message);
