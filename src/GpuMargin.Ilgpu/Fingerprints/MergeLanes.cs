using GpuMargin.Ilgpu.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>The digest of one leaf from the sums of its lanes; see <see cref="Xxh3"/>.</summary>
readonly struct MergeLanes : IKernel
{
    const int WordsOfDigest = 4;

    const int LogLeaf = 6;
    const int Leaf = 1 << LogLeaf;

    /// <summary>Rows of the slice.</summary>
    public required int Accounts { get; init; }

    /// <summary>Words of <see cref="Xxh3Table"/>.</summary>
    public required ArrayView<ulong> Table { get; init; }

    /// <summary>[scenario block of the slice, account block, lane].</summary>
    public required ArrayView<ulong> Sums { get; init; }

    /// <summary>[scenario block of the slice, account block, word], bytes in a digest's order.</summary>
    public required ArrayView<uint> Digests { get; init; }

    public void Run(int index)
    {
        int accountBlocks = (Accounts + Leaf - 1) >> LogLeaf;
        int accountBlock = index - (int)((uint)index / (uint)accountBlocks) * accountBlocks;
        ulong bytes = (ulong)IntrinsicMath.Min(Leaf, Accounts - (accountBlock << LogLeaf)) * (Leaf * sizeof(double));
        ArrayView<ulong> sums = Sums.SubView((long)index * Xxh3.Lanes, Xxh3.Lanes);
        ulong low = Half(sums, Xxh3Table.Low, Xxh3.LowStart(bytes));
        ulong high = Half(sums, Xxh3Table.High, Xxh3.HighStart(bytes));
        ArrayView<uint> digest = Digests.SubView((long)index * WordsOfDigest, WordsOfDigest);
        digest[0] = WordOperations.ReverseBytes((uint)(high >> 32));
        digest[1] = WordOperations.ReverseBytes((uint)high);
        digest[2] = WordOperations.ReverseBytes((uint)(low >> 32));
        digest[3] = WordOperations.ReverseBytes((uint)low);
    }

    ulong Half(ArrayView<ulong> sums, int secret, ulong start)
    {
        ulong half = start;
        for (int lane = 0; lane < Xxh3.Lanes; lane += 2)
        {
            half += Xxh3.Fold(sums[lane], Table[secret + lane], sums[lane + 1], Table[secret + lane + 1]);
        }

        return Xxh3.Avalanche(half);
    }
}
