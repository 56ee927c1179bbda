using GpuMargin.Backends;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>The digests of a run's leaves, computed on a device while P&amp;L comes slice by slice; see <see cref="ProfitAndLossHash"/>.</summary>
sealed class DeviceFingerprint
{
    /// <summary>Leaves hashed by a group of threads, at most.</summary>
    /// <remarks>One warp: leaves spread evenly over the multiprocessors although there are few of them.</remarks>
    public const int Threads = 32;

    readonly int accounts;
    readonly int scenarios;
    readonly int accountBlocks;
    readonly ArrayView<uint> digests;
    readonly GroupedKernel<Action<AcceleratorStream, KernelConfig, ArrayView<ulong>, int, int, int, ArrayView<uint>>> hash;

    /// <param name="accounts">Rows of every slice.</param>
    /// <param name="scenarios">Of the whole run.</param>
    public DeviceFingerprint(DeviceBuffers buffers, int accounts, int scenarios)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accounts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scenarios);
        this.accounts = accounts;
        this.scenarios = scenarios;
        accountBlocks = (accounts + ProfitAndLossHash.LeafAccounts - 1) / ProfitAndLossHash.LeafAccounts;
        hash = buffers.Device.LoadGrouped<Action<AcceleratorStream, KernelConfig, ArrayView<ulong>, int, int, int, ArrayView<uint>>>(LeafHash.Hash);
        digests = buffers.Allocate<uint>(BytesNeeded(accounts, scenarios) / sizeof(uint)).View.BaseView;
    }

    /// <summary>Device memory that digests take.</summary>
    public static long BytesNeeded(int accounts, int scenarios) => ProfitAndLossHash.DigestBytes(accounts, scenarios);

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
        long leaves = (long)scenarioBlocks * accountBlocks;
        long firstLeaf = (long)(firstScenario / ProfitAndLossHash.LeafScenarios) * accountBlocks;
        hash.Launch(
            stream,
            new KernelConfig(checked((int)((leaves + hash.Threads - 1) / hash.Threads)), hash.Threads),
            slice.Cast<ulong>(),
            (int)rowStride,
            accounts,
            count,
            digests.SubView(firstLeaf * LeafHash.WordsOfDigest, leaves * LeafHash.WordsOfDigest));
    }

    /// <summary>All digests, [scenario block, account block]; waits for the device.</summary>
    public byte[] Digests(AcceleratorStream stream)
    {
        byte[] bytes = new byte[BytesNeeded(accounts, scenarios)];
        digests.Cast<byte>().CopyToCPU(stream, ref bytes[0], bytes.Length);
        return bytes;
    }

    /// <summary>The fingerprint of a run whose accounts are all on this device, lower-case hexadecimal; waits for the device.</summary>
    public string Root(AcceleratorStream stream)
    {
        ProfitAndLossHash whole = new(accounts, scenarios);
        whole.AddDigests(firstAccountBlock: 0, accountBlocks, Digests(stream));
        return whole.Root();
    }
}
