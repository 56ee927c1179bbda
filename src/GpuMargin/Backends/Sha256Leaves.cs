using System.Security.Cryptography;
using GpuMargin.Backends.Cpu;

namespace GpuMargin.Backends;

/// <summary>Digests of leaves by fingerprint 1: the SHA-256 of a leaf's doubles, account by account; leaves at the edges are smaller.</summary>
static class Sha256Leaves
{
    public const int DigestBytes = SHA256.HashSizeInBytes;

    /// <summary>Measured: from here on sixteen lanes beat one stream after the other.</summary>
    const int LeastSideBySide = 6;

    /// <inheritdoc cref="XxhLeaves.Hash"/>
    public static unsafe int Hash(ReadOnlySpan<byte> leaves, int scenarios, Span<byte> digests)
    {
        int leafBytes = ProfitAndLossHash.LeafAccounts * scenarios * sizeof(double);
        int hashed = 0;
        while (!leaves.IsEmpty)
        {
            int count = Math.Min(leaves.Length / leafBytes, Sha256Lanes.Messages);
            int bytes;
            if (Sha256Lanes.IsSupported && count >= LeastSideBySide)
            {
                bytes = count * leafBytes;
                fixed (byte* first = leaves)
                {
                    Sha256Lanes.HashData(first, count, leafBytes, digests);
                }
            }
            else
            {
                count = 1;
                bytes = Math.Min(leafBytes, leaves.Length);
                SHA256.HashData(leaves[..bytes], digests);
            }

            leaves = leaves[bytes..];
            digests = digests[(count * DigestBytes)..];
            hashed += count;
        }

        return hashed;
    }
}
