using System.Security.Cryptography;
using GpuMargin.Backends.Cpu;

namespace GpuMargin.Backends;

/// <summary>The fingerprint of a run: a SHA-256 tree over account × scenario P&amp;L.</summary>
/// <remarks>
/// The P&amp;L matrix is cut into leaves of <see cref="LeafScenarios"/> scenarios by <see cref="LeafAccounts"/> accounts. A
/// leaf's digest is the SHA-256 of its doubles, little-endian, one account after the other, each account's scenarios in
/// order; leaves at the edges are smaller. The fingerprint is the SHA-256 of all leaf digests, scenario blocks outermost.
/// A tree, because no single stream over the matrix exists on a device that computes its parts side by side.
/// </remarks>
public sealed class ProfitAndLossHash
{
    public const int LeafScenarios = 64;
    public const int LeafAccounts = 64;

    /// <summary>Leaves that are better hashed side by side, wherever that is possible at all.</summary>
    public const int SideBySide = Sha256Lanes.Messages;

    /// <summary>Measured: from here on sixteen lanes beat one stream after the other.</summary>
    const int LeastSideBySide = 6;

    readonly int accountBlocks;
    readonly byte[] digests;

    public ProfitAndLossHash(int accounts, int scenarios)
    {
        accountBlocks = (accounts + LeafAccounts - 1) / LeafAccounts;
        digests = new byte[DigestBytes(accounts, scenarios)];
    }

    /// <summary>Memory for the leaves' digests.</summary>
    public static long DigestBytes(int accounts, int scenarios) =>
        ((accounts + LeafAccounts - 1L) / LeafAccounts) * ((scenarios + LeafScenarios - 1L) / LeafScenarios) * SHA256.HashSizeInBytes;

    /// <summary>Sets the digests of neighbouring leaves of one scenario block; leaves may come in any order and from any thread.</summary>
    /// <param name="leaves">P&amp;L as little-endian doubles, [account, scenario], from the first account of a leaf on.</param>
    /// <param name="scenarios">Scenarios of the block: bytes of a leaf follow.</param>
    public unsafe void Add(int scenarioBlock, int firstAccountBlock, ReadOnlySpan<byte> leaves, int scenarios)
    {
        int leafBytes = LeafAccounts * scenarios * sizeof(double);
        Span<byte> target = digests.AsSpan((scenarioBlock * accountBlocks + firstAccountBlock) * SHA256.HashSizeInBytes);
        while (!leaves.IsEmpty)
        {
            int count = Math.Min(leaves.Length / leafBytes, Sha256Lanes.Messages);
            int bytes;
            if (Sha256Lanes.IsSupported && count >= LeastSideBySide)
            {
                bytes = count * leafBytes;
                fixed (byte* first = leaves)
                {
                    Sha256Lanes.HashData(first, count, leafBytes, target);
                }
            }
            else
            {
                count = 1;
                bytes = Math.Min(leafBytes, leaves.Length);
                SHA256.HashData(leaves[..bytes], target);
            }

            leaves = leaves[bytes..];
            target = target[(count * SHA256.HashSizeInBytes)..];
        }
    }

    /// <summary>Sets the digests of some account blocks in all scenarios, as a device computes them.</summary>
    /// <param name="blocks">Account blocks from the first on.</param>
    /// <param name="ready">[scenario block, account block], 32 bytes each.</param>
    public void AddDigests(int firstAccountBlock, int blocks, ReadOnlySpan<byte> ready)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks, accountBlocks - firstAccountBlock);
        int row = blocks * SHA256.HashSizeInBytes;
        int rowOfAll = accountBlocks * SHA256.HashSizeInBytes;
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)ready.Length * rowOfAll, (long)digests.Length * row, nameof(ready));
        for (int from = 0, to = firstAccountBlock * SHA256.HashSizeInBytes; from < ready.Length; from += row, to += rowOfAll)
        {
            ready.Slice(from, row).CopyTo(digests.AsSpan(to));
        }
    }

    /// <summary>The fingerprint, lower-case hexadecimal, once every leaf was added.</summary>
    public string Root() => Convert.ToHexStringLower(SHA256.HashData(digests));
}
