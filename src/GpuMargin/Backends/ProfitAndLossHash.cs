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
sealed class ProfitAndLossHash : IDisposable
{
    public const int LeafScenarios = 64;
    public const int LeafAccounts = 64;

    /// <summary>Leaves that are better hashed side by side, wherever that is possible at all.</summary>
    public const int SideBySide = Sha256Lanes.Messages;

    /// <summary>Measured: from here on sixteen lanes beat one stream after the other.</summary>
    const int LeastSideBySide = 6;

    readonly int accountBlocks;
    readonly IncrementalHash root = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly Row?[] rows; // by scenario block, while its leaves arrive and blocks before it lack some
    readonly Stack<Row> free = new();
    readonly Lock gate = new();
    readonly byte[] kept; // [scenario block, account block], where they are kept
    int hashed; // scenario blocks

    /// <param name="keepsLeaves">Whether the digests of all leaves stay to be read; without, a scenario block's go into the fingerprint as soon as those before it have, and are forgotten.</param>
    public ProfitAndLossHash(int accounts, int scenarios, bool keepsLeaves = false)
    {
        kept = keepsLeaves ? new byte[DigestBytes(accounts, scenarios)] : [];
        accountBlocks = (accounts + LeafAccounts - 1) / LeafAccounts;
        rows = new Row?[(scenarios + LeafScenarios - 1) / LeafScenarios];
    }

    /// <summary>Bytes of all leaves' digests.</summary>
    public static long DigestBytes(int accounts, int scenarios) =>
        ((accounts + LeafAccounts - 1L) / LeafAccounts) * ((scenarios + LeafScenarios - 1L) / LeafScenarios) * SHA256.HashSizeInBytes;

    /// <summary>Sets the digests of neighbouring leaves of one scenario block; leaves may come in any order and from any thread.</summary>
    /// <param name="leaves">P&amp;L as little-endian doubles, [account, scenario], from the first account of a leaf on.</param>
    /// <param name="scenarios">Scenarios of the block: bytes of a leaf follow.</param>
    public unsafe void Add(int scenarioBlock, int firstAccountBlock, ReadOnlySpan<byte> leaves, int scenarios)
    {
        int leafBytes = LeafAccounts * scenarios * sizeof(double);
        Row row = Of(scenarioBlock);
        Span<byte> target = row.Digests.AsSpan(firstAccountBlock * SHA256.HashSizeInBytes);
        int added = 0;
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
            added += count;
        }

        Added(row, added);
    }

    /// <summary>Sets the digests of some account blocks in all scenarios, as a device computes them.</summary>
    /// <param name="blocks">Account blocks from the first on.</param>
    /// <param name="ready">[scenario block, account block], 32 bytes each.</param>
    public void AddDigests(int firstAccountBlock, int blocks, ReadOnlySpan<byte> ready)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks, accountBlocks - firstAccountBlock);
        int bytes = blocks * SHA256.HashSizeInBytes;
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)ready.Length, (long)rows.Length * bytes, nameof(ready));
        for (int block = 0; block < rows.Length; block++)
        {
            Row row = Of(block);
            ready.Slice(block * bytes, bytes).CopyTo(row.Digests.AsSpan(firstAccountBlock * SHA256.HashSizeInBytes));
            Added(row, blocks);
        }
    }

    /// <summary>The fingerprint, lower-case hexadecimal, once every leaf was added.</summary>
    /// <exception cref="InvalidOperationException">A leaf was not.</exception>
    public string Root()
    {
        lock (gate)
        {
            return accountBlocks == 0 || hashed == rows.Length
                ? Convert.ToHexStringLower(root.GetCurrentHash())
                : throw new InvalidOperationException($"Scenario block {hashed} of {rows.Length} lacks leaves.");
        }
    }

    /// <summary>Digests of all leaves once every leaf was added, [scenario block, account block]; empty where they are not kept.</summary>
    public ReadOnlyMemory<byte> LeafDigests => kept;

    public void Dispose() => root.Dispose();

    Row Of(int scenarioBlock)
    {
        lock (gate)
        {
            if (rows[scenarioBlock] is not { } row)
            {
                rows[scenarioBlock] = row = free.TryPop(out Row? used) ? used : new Row(new byte[accountBlocks * SHA256.HashSizeInBytes]);
                row.Lacking = accountBlocks;
            }

            return row;
        }
    }

    void Added(Row row, int leaves)
    {
        lock (gate)
        {
            row.Lacking -= leaves;
            for (; hashed < rows.Length && rows[hashed] is { Lacking: 0 } whole; hashed++)
            {
                root.AppendData(whole.Digests);
                if (kept.Length > 0)
                {
                    whole.Digests.CopyTo(kept, (long)hashed * whole.Digests.Length);
                }

                free.Push(whole);
                rows[hashed] = null;
            }
        }
    }

    sealed class Row(byte[] digests)
    {
        public byte[] Digests => digests;

        /// <summary>Leaves that are not there yet.</summary>
        public int Lacking { get; set; }
    }
}
