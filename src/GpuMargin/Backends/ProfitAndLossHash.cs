using System.Security.Cryptography;
using GpuMargin.Aggregation;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;

namespace GpuMargin.Backends;

/// <summary>The fingerprint of a run: a tree of hashes over account × scenario P&amp;L.</summary>
/// <remarks>
/// The P&amp;L matrix is cut into leaves of <see cref="LeafScenarios"/> scenarios by <see cref="LeafAccounts"/> accounts, whose digests
/// are those of <see cref="Sha256Leaves"/> or <see cref="XxhLeaves"/>. Fingerprint 1 is the SHA-256 of all leaf digests, scenario blocks
/// outermost; fingerprint 2 is the SHA-256 of the scenario blocks' digests, each the SHA-256 of the block's leaf digests.
/// A tree, because no single stream over the matrix exists on a device that computes its parts side by side.
/// </remarks>
sealed class ProfitAndLossHash : IDisposable
{
    public const int LeafScenarios = 64;
    public const int LeafAccounts = 64;

    /// <summary>Leaves that are better hashed side by side, wherever that is possible at all.</summary>
    public const int SideBySide = Sha256Lanes.Messages;

    readonly Fingerprint kind;
    readonly int leafBytes; // of a digest
    readonly int accountBlocks;
    readonly IncrementalHash root = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly Row?[] rows; // by scenario block, while its leaves arrive and blocks before it lack some
    readonly Stack<Row> free = new();
    readonly Lock gate = new();
    readonly byte[] kept; // what the root hashed, where it is kept
    int hashed; // scenario blocks

    public ProfitAndLossHash(ValuationRun run)
        : this(run.Fingerprint, run.FingerprintRows, run.Scenarios, run.KeepsDigests)
    {
    }

    /// <param name="keepsDigests">Whether the digests that the root hashes stay to be read; without, a scenario block's go into the fingerprint as soon as those before it have, and are forgotten.</param>
    public ProfitAndLossHash(Fingerprint kind, int accounts, int scenarios, bool keepsDigests = false)
    {
        this.kind = kind;
        leafBytes = LeafDigestBytes(kind);
        accountBlocks = Blocks(accounts, LeafAccounts);
        rows = new Row?[Blocks(scenarios, LeafScenarios)];
        kept = keepsDigests ? new byte[KeptBytes(kind, accounts, scenarios)] : [];
    }

    /// <summary>Bytes of a leaf's digest.</summary>
    public static int LeafDigestBytes(Fingerprint kind) => kind == Fingerprint.Sha256Leaves ? Sha256Leaves.DigestBytes : XxhLeaves.DigestBytes;

    /// <summary>Bytes of all leaves' digests.</summary>
    public static long DigestBytes(Fingerprint kind, int accounts, int scenarios) =>
        (long)Blocks(accounts, LeafAccounts) * Blocks(scenarios, LeafScenarios) * LeafDigestBytes(kind);

    /// <summary>Bytes of the digests that a run keeps if it is asked to.</summary>
    public static long KeptBytes(ValuationRun run) => KeptBytes(run.Fingerprint, run.FingerprintRows, run.Scenarios);

    /// <summary>Sets the digests of neighbouring leaves of one scenario block; leaves may come in any order and from any thread.</summary>
    /// <param name="leaves">P&amp;L as little-endian doubles, [account, scenario], from the first account of a leaf on.</param>
    /// <param name="scenarios">Scenarios of the block: bytes of a leaf follow.</param>
    public void Add(int scenarioBlock, int firstAccountBlock, ReadOnlySpan<byte> leaves, int scenarios)
    {
        Row row = Of(scenarioBlock);
        Span<byte> target = row.Digests.AsSpan(firstAccountBlock * leafBytes);
        Added(row, kind == Fingerprint.Sha256Leaves ? Sha256Leaves.Hash(leaves, scenarios, target) : XxhLeaves.Hash(leaves, scenarios, target));
    }

    /// <summary>Sets the digests of some account blocks in all scenarios, as a device computes them.</summary>
    /// <param name="blocks">Account blocks from the first on.</param>
    /// <param name="ready">[scenario block, account block].</param>
    public void AddDigests(int firstAccountBlock, int blocks, ReadOnlySpan<byte> ready)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks, accountBlocks - firstAccountBlock);
        int bytes = blocks * leafBytes;
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)ready.Length, (long)rows.Length * bytes, nameof(ready));
        for (int block = 0; block < rows.Length; block++)
        {
            Row row = Of(block);
            ready.Slice(block * bytes, bytes).CopyTo(row.Digests.AsSpan(firstAccountBlock * leafBytes));
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
    public ReadOnlyMemory<byte> Digests => kept;

    static long KeptBytes(Fingerprint kind, int accounts, int scenarios) => kind == Fingerprint.Sha256Leaves
        ? DigestBytes(kind, accounts, scenarios)
        : accounts == 0 ? 0 : (long)Blocks(scenarios, LeafScenarios) * SHA256.HashSizeInBytes;

    static int Blocks(int count, int size) => (int)((count + size - 1L) / size);

    public void Dispose() => root.Dispose();

    Row Of(int scenarioBlock)
    {
        lock (gate)
        {
            if (rows[scenarioBlock] is not { } row)
            {
                rows[scenarioBlock] = row = free.TryPop(out Row? used) ? used : new Row(new byte[accountBlocks * leafBytes]);
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
                byte[] digests = kind == Fingerprint.Sha256Leaves ? whole.Digests : SHA256.HashData(whole.Digests);
                root.AppendData(digests);
                if (kept.Length > 0)
                {
                    digests.CopyTo(kept, (long)hashed * digests.Length);
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
