using System.Runtime.InteropServices;
using GpuMargin.Tests.Ilgpu.Ptx.Code;

namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

/// <summary>The shared variables of a block.</summary>
sealed unsafe class SharedWindow : IDisposable
{
    const byte Unwritten = 0xCD;

    readonly byte* bytes;

    public SharedWindow(IReadOnlyList<PtxVariable> variables)
    {
        int length = variables.Count == 0 ? 0 : (int)(variables[^1].Start + variables[^1].Bytes);
        bytes = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(length, 1), 256);
        NativeMemory.Fill(bytes, (nuint)length, Unwritten);
        foreach (PtxVariable variable in variables)
        {
            Space.Add(new MemoryRange(variable.Start, bytes + variable.Start, variable.Bytes, watched: true));
        }
    }

    public MemorySpace Space { get; } = new("shared");

    public void Dispose() => NativeMemory.AlignedFree(bytes);
}
