using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>The digests of a run's leaves, computed on a device while P&amp;L comes slice by slice; see <see cref="ProfitAndLossHash"/>.</summary>
sealed class DeviceFingerprint
{
    readonly Fingerprint kind;
    readonly int accounts;
    readonly int scenarios;
    readonly int accountBlocks;
    readonly ArrayView<uint> digests;
    readonly ILeafDigests leafDigests;

    /// <param name="accounts">Rows of every slice.</param>
    /// <param name="scenarios">Of the whole run.</param>
    /// <param name="width">Scenarios of a slice, at most.</param>
    public DeviceFingerprint(DeviceBuffers buffers, Fingerprint kind, int accounts, int scenarios, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accounts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scenarios);
        this.kind = kind;
        this.accounts = accounts;
        this.scenarios = scenarios;
        accountBlocks = (accounts + ProfitAndLossHash.LeafAccounts - 1) / ProfitAndLossHash.LeafAccounts;
        leafDigests = kind == Fingerprint.Sha256Leaves
            ? new Sha256LeafDigests(buffers.Device, accounts)
            : new XxhLeafDigests(buffers, accounts, Leaves(accounts, width));
        digests = buffers.Allocate<uint>(ProfitAndLossHash.DigestBytes(kind, accounts, scenarios) / sizeof(uint)).View.BaseView;
    }

    /// <summary>Device memory that the fingerprint takes.</summary>
    /// <inheritdoc cref="DeviceFingerprint(DeviceBuffers, Fingerprint, int, int, int)"/>
    public static long BytesNeeded(Fingerprint kind, int accounts, int scenarios, long width) => ProfitAndLossHash.DigestBytes(kind, accounts, scenarios)
        + (kind == Fingerprint.XxhLeaves ? Leaves(accounts, width) * XxhLeafDigests.BytesOfLeaf : 0);

    /// <summary>Hashes the leaves of a slice; does not wait for the device.</summary>
    /// <param name="slice">P&amp;L [account, scenario of the slice], run currency, gain &gt; 0.</param>
    /// <param name="rowStride">Elements from one account to the next.</param>
    /// <param name="firstScenario">Where a leaf begins.</param>
    /// <param name="count">Scenarios of the slice: whole leaves, or all to the run's end.</param>
    public void Add(AcceleratorStream stream, ArrayView<double> slice, long rowStride, int firstScenario, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowStride, count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rowStride, int.MaxValue / ProfitAndLossHash.LeafAccounts);
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstScenario % ProfitAndLossHash.LeafScenarios, 0, nameof(firstScenario));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, scenarios - firstScenario);
        if (count != scenarios - firstScenario)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(count % ProfitAndLossHash.LeafScenarios, 0, nameof(count));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(slice.Length, (accounts - 1) * rowStride + count, nameof(slice));
        int scenarioBlocks = (count + ProfitAndLossHash.LeafScenarios - 1) / ProfitAndLossHash.LeafScenarios;
        int leaves = checked(scenarioBlocks * accountBlocks);
        long firstLeaf = (long)(firstScenario / ProfitAndLossHash.LeafScenarios) * accountBlocks;
        int words = ProfitAndLossHash.LeafDigestBytes(kind) / sizeof(uint);
        leafDigests.Hash(stream, slice.Cast<ulong>(), (int)rowStride, count, leaves, digests.SubView(firstLeaf * words, (long)leaves * words));
    }

    /// <summary>All digests, [scenario block, account block]; waits for the device.</summary>
    public byte[] Digests(AcceleratorStream stream)
    {
        byte[] bytes = new byte[ProfitAndLossHash.DigestBytes(kind, accounts, scenarios)];
        digests.Cast<byte>().CopyToCPU(stream, ref bytes[0], bytes.Length);
        return bytes;
    }

    /// <summary>The fingerprint of a run whose accounts are all on this device, lower-case hexadecimal; waits for the device.</summary>
    public string Root(AcceleratorStream stream)
    {
        using ProfitAndLossHash whole = new(kind, accounts, scenarios);
        whole.AddDigests(firstAccountBlock: 0, accountBlocks, Digests(stream));
        return whole.Root();
    }

    static long Leaves(int accounts, long width) =>
        ((accounts + ProfitAndLossHash.LeafAccounts - 1L) / ProfitAndLossHash.LeafAccounts) * ((width + ProfitAndLossHash.LeafScenarios - 1L) / ProfitAndLossHash.LeafScenarios);
}
