using System.Security.Cryptography;

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

    /// <summary>Sets a leaf's digest; leaves may come in any order and from any thread.</summary>
    /// <param name="leaf">P&amp;L as little-endian doubles, [account, scenario].</param>
    public void Add(int scenarioBlock, int accountBlock, ReadOnlySpan<byte> leaf)
    {
        int index = (scenarioBlock * accountBlocks + accountBlock) * SHA256.HashSizeInBytes;
        SHA256.HashData(leaf, digests.AsSpan(index, SHA256.HashSizeInBytes));
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
