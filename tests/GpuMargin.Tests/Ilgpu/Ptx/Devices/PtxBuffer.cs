using System.Runtime.InteropServices;
using GpuMargin.Tests.Ilgpu.Ptx.Machine;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Tests.Ilgpu.Ptx.Devices;

/// <summary>An allocation of the device, in host memory.</summary>
sealed unsafe class PtxBuffer : MemoryBuffer
{
    // As cudaMalloc aligns.
    const int Alignment = 256;

    // What is read before it is written is a NaN or a large integer.
    const byte Unwritten = 0xFF;

    readonly PtxAccelerator accelerator;

    public PtxBuffer(PtxAccelerator accelerator, long length, int elementSize)
        : base(accelerator, length, elementSize)
    {
        this.accelerator = accelerator;
        int bytes = checked((int)LengthInBytes);
        NativePtr = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), Alignment);
        NativeMemory.Fill((void*)NativePtr, (nuint)bytes, Unwritten);
        accelerator.Global.Add(new MemoryRange(NativePtr, (byte*)NativePtr, bytes, watched: true));
    }

    protected override void MemSet(AcceleratorStream stream, byte value, in ArrayView<byte> targetView) =>
        NativeMemory.Fill((void*)targetView.LoadEffectiveAddressAsPtr(), (nuint)targetView.Length, value);

    protected override void CopyTo(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) => Copy(sourceView, targetView);

    protected override void CopyFrom(AcceleratorStream stream, in ArrayView<byte> sourceView, in ArrayView<byte> targetView) => Copy(sourceView, targetView);

    static void Copy(ArrayView<byte> source, ArrayView<byte> target) =>
        Buffer.MemoryCopy((void*)source.LoadEffectiveAddressAsPtr(), (void*)target.LoadEffectiveAddressAsPtr(), target.Length, source.Length);

    protected override void DisposeAcceleratorObject(bool disposing)
    {
        if (disposing)
        {
            accelerator.Global.Remove(NativePtr);
        }

        NativeMemory.AlignedFree((void*)NativePtr);
        NativePtr = 0;
    }
}
