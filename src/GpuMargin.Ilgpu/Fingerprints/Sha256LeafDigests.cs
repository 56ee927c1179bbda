using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>Digests of fingerprint 1, one thread per leaf.</summary>
/// <param name="accounts">Rows of every slice.</param>
sealed class Sha256LeafDigests(ComputeDevice device, int accounts) : ILeafDigests
{
    /// <summary>Leaves hashed by a group of threads, at most.</summary>
    /// <remarks>One warp: leaves spread evenly over the multiprocessors although there are few of them.</remarks>
    public const int Threads = 32;

    readonly GroupedKernel<Action<AcceleratorStream, KernelConfig, ArrayView<ulong>, int, int, int, ArrayView<uint>>> hash =
        device.LoadGrouped<Action<AcceleratorStream, KernelConfig, ArrayView<ulong>, int, int, int, ArrayView<uint>>>(LeafHash.Hash);

    public void Hash(AcceleratorStream stream, ArrayView<ulong> profitAndLossBits, int rowStride, int count, int leaves, ArrayView<uint> digests) =>
        hash.Launch(stream, new KernelConfig((leaves + hash.Threads - 1) / hash.Threads, hash.Threads), profitAndLossBits, rowStride, accounts, count, digests);
}
