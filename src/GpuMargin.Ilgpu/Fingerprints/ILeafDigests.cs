using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>Digests of the leaves of a slice by one definition of the fingerprint.</summary>
interface ILeafDigests
{
    /// <summary>Does not wait for the device.</summary>
    /// <param name="profitAndLossBits">[account, scenario of the slice], IEEE 754 binary64, gain &gt; 0.</param>
    /// <param name="rowStride">Elements from one account to the next, less than 2³¹ in a leaf.</param>
    /// <param name="count">Scenarios of the slice.</param>
    /// <param name="leaves">Of the slice.</param>
    /// <param name="digests">[scenario block of the slice, account block, word], bytes in a digest's order.</param>
    void Hash(AcceleratorStream stream, ArrayView<ulong> profitAndLossBits, int rowStride, int count, int leaves, ArrayView<uint> digests);
}
