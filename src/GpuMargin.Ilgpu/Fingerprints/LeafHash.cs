using GpuMargin.Backends;
using GpuMargin.Ilgpu.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>SHA-256 of the leaves of a slice, one thread per leaf; see <see cref="ProfitAndLossHash"/>.</summary>
static class LeafHash
{
    const int WordsOfDigest = 8;

    const int LogLeaf = 6;
    const int Leaf = 1 << LogLeaf;

    /// <param name="profitAndLossBits">[account, scenario of the slice], IEEE 754 binary64, gain &gt; 0.</param>
    /// <param name="rowStride">Elements from one account to the next, less than 2³¹ in a leaf.</param>
    /// <param name="accounts">Rows of the slice.</param>
    /// <param name="count">Scenarios of the slice.</param>
    /// <param name="digests">[scenario block of the slice, account block, word], bytes in a digest's order.</param>
    [GroupedKernel(Sha256LeafDigests.Threads)]
    public static void Hash(ArrayView<ulong> profitAndLossBits, int rowStride, int accounts, int count, ArrayView<uint> digests)
    {
        int scenarioBlocks = (count + Leaf - 1) >> LogLeaf;
        int accountBlocks = (accounts + Leaf - 1) >> LogLeaf;
        long leaf = (long)Grid.IdxX * Group.DimX + Group.IdxX;
        if (leaf >= (long)scenarioBlocks * accountBlocks)
        {
            return;
        }

        // Neighbouring threads take neighbouring scenarios: their rows are neighbours in memory.
        int accountBlock = (int)(leaf / scenarioBlocks);
        int scenarioBlock = (int)(leaf - (long)accountBlock * scenarioBlocks);
        int account = accountBlock << LogLeaf;
        int scenario = scenarioBlock << LogLeaf;
        int rows = IntrinsicMath.Min(Leaf, accounts - account);
        int columns = IntrinsicMath.Min(Leaf, count - scenario);
        LeafMessage message = new(
            profitAndLossBits.SubView(account * (long)rowStride + scenario, (rows - 1) * (long)rowStride + columns), rowStride, rows, columns);

        // A block is loaded while the one before it is compressed: leaves are few, so no other warp hides the wait.
        LeafBlock next = LeafBlock.Load(message, new LeafPosition(0, 0, 0));
        Sha256State state = Sha256State.Initial;
        for (int block = message.Blocks; block > 0; block--)
        {
            LeafBlock current = next;
            next = LeafBlock.Load(message, current.End);
            if (current.End.Element > message.Elements)
            {
                current = current.Padded(message);
            }

            state = state.Compress(current.Words());
        }

        Store(state, digests.SubView(((long)scenarioBlock * accountBlocks + accountBlock) * WordsOfDigest, WordsOfDigest));
    }

    static void Store(Sha256State state, ArrayView<uint> digest)
    {
        digest[0] = WordOperations.ReverseBytes(state.A);
        digest[1] = WordOperations.ReverseBytes(state.B);
        digest[2] = WordOperations.ReverseBytes(state.C);
        digest[3] = WordOperations.ReverseBytes(state.D);
        digest[4] = WordOperations.ReverseBytes(state.E);
        digest[5] = WordOperations.ReverseBytes(state.F);
        digest[6] = WordOperations.ReverseBytes(state.G);
        digest[7] = WordOperations.ReverseBytes(state.H);
    }
}
