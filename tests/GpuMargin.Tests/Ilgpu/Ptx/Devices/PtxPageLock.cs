using ILGPU.Runtime;

namespace GpuMargin.Tests.Ilgpu.Ptx.Devices;

/// <summary>Host memory that the device reaches as it is.</summary>
sealed class PtxPageLock<T> : PageLockScope<T>
    where T : unmanaged
{
    public PtxPageLock(PtxAccelerator accelerator, nint pinned, long length)
        : base(accelerator, length) => AddrOfLockedObject = pinned;

    protected override void DisposeAcceleratorObject(bool disposing)
    {
    }
}
