using System.IO.Hashing;

namespace GpuMargin.Backends;

/// <summary>Digests of leaves by fingerprint 2: the XXH3-128 of a leaf's doubles, account by account, big-endian as its publisher writes it.</summary>
/// <remarks>
/// An account always takes 64 doubles: in the run's last scenario block, bytes 255 stand for scenarios that do not exist; no P&amp;L has these bits.
/// So a leaf is whole stripes of XXH3, and the same code hashes every leaf.
/// </remarks>
static class XxhLeaves
{
    public const int DigestBytes = 16;

    const int RowBytes = ProfitAndLossHash.LeafScenarios * sizeof(double);
    const int LeafBytes = ProfitAndLossHash.LeafAccounts * RowBytes;

    /// <param name="leaves">P&amp;L as little-endian doubles, [account, scenario], from the first account of a leaf on.</param>
    /// <param name="scenarios">Scenarios of the leaves.</param>
    /// <param name="digests">One after the other.</param>
    /// <returns>Number of leaves.</returns>
    public static int Hash(ReadOnlySpan<byte> leaves, int scenarios, Span<byte> digests)
    {
        if (scenarios < ProfitAndLossHash.LeafScenarios)
        {
            leaves = WholeRows(leaves, scenarios * sizeof(double));
        }

        int hashed = 0;
        for (; !leaves.IsEmpty; hashed++)
        {
            int bytes = Math.Min(LeafBytes, leaves.Length);
            XxHash128.Hash(leaves[..bytes], digests[(hashed * DigestBytes)..]);
            leaves = leaves[bytes..];
        }

        return hashed;
    }

    static byte[] WholeRows(ReadOnlySpan<byte> rows, int rowBytes)
    {
        byte[] whole = new byte[rows.Length / rowBytes * RowBytes];
        whole.AsSpan().Fill(byte.MaxValue);
        for (int row = 0; row * rowBytes < rows.Length; row++)
        {
            rows.Slice(row * rowBytes, rowBytes).CopyTo(whole.AsSpan(row * RowBytes));
        }

        return whole;
    }
}
