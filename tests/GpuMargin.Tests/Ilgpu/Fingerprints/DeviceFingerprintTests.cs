using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Fingerprints;
using GpuMargin.Ilgpu.Launch;
using ILGPU;
using ILGPU.Runtime;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Fingerprints;

public sealed class DeviceFingerprintTests(SmallDevice device) : IClassFixture<SmallDevice>
{
    const int Leaf = 64;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 6)]
    [InlineData(1, 7)]
    [InlineData(2, 3)]
    [InlineData(1, 8)]
    [InlineData(5, 3)]
    [InlineData(3, 63)]
    [InlineData(63, 5)]
    [InlineData(64, 64)]
    [InlineData(65, 1)]
    [InlineData(1, 65)]
    [InlineData(65, 66)]
    [InlineData(127, 2)]
    [InlineData(2, 129)]
    [InlineData(130, 130)]
    public void Digests_are_those_of_the_leaves_bytes_at_every_edge(int accounts, int scenarios)
    {
        double[] values = Values(accounts, scenarios);
        foreach (int slice in (int[])[Leaf, 2 * Leaf, scenarios])
        {
            if (slice % Leaf == 0 || slice == scenarios)
            {
                AssertDigests(Fingerprint.Sha256Leaves, values, accounts, scenarios, slice);
                AssertDigests(Fingerprint.XxhLeaves, values, accounts, scenarios, slice);
            }
        }
    }

    [Fact]
    public void Small_leaves_of_all_shapes_are_padded_as_the_definitions_say()
    {
        for (int accounts = 1; accounts <= 5; accounts++)
        {
            for (int scenarios = 1; scenarios <= 9; scenarios++)
            {
                AssertDigests(Fingerprint.Sha256Leaves, Values(accounts, scenarios), accounts, scenarios, scenarios);
                AssertDigests(Fingerprint.XxhLeaves, Values(accounts, scenarios), accounts, scenarios, scenarios);
            }
        }
    }

    [Theory]
    [InlineData(Fingerprint.Sha256Leaves, 32)]
    [InlineData(Fingerprint.XxhLeaves, 16)]
    public void Devices_that_share_the_accounts_make_one_fingerprint(Fingerprint kind, int digest)
    {
        const int Accounts = 70, Scenarios = 100;
        double[] values = Values(Accounts, Scenarios);
        using ProfitAndLossHash whole = new(kind, Accounts, Scenarios);
        foreach ((int first, int count) in ((int, int)[])[(Leaf, Accounts - Leaf), (0, Leaf)])
        {
            using DeviceBuffers buffers = new(device.Device);
            DeviceFingerprint part = new(buffers, kind, count, Scenarios, Scenarios);
            Add(part, values.AsSpan(first * Scenarios, count * Scenarios).ToArray(), count, Scenarios, 0, Scenarios);
            whole.AddDigests(first / Leaf, (count + Leaf - 1) / Leaf, part.Digests(device.Stream));
        }

        Assert.Equal(OnHost(kind, values, Accounts, Scenarios).Root(), whole.Root());
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.AddDigests(0, 1, new byte[digest]));
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.AddDigests(1, 2, new byte[4 * digest]));
    }

    [Fact]
    public void A_slice_that_cuts_a_leaf_is_refused()
    {
        using DeviceBuffers buffers = new(device.Device);
        DeviceFingerprint fingerprint = new(buffers, Fingerprint.XxhLeaves, 1, 200, 200);
        using MemoryBuffer1D<double, Stride1D.Dense> slice = device.Accelerator.Allocate1D<double>(200);
        Assert.Throws<ArgumentOutOfRangeException>(() => fingerprint.Add(device.Stream, slice.View, 200, 63, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => fingerprint.Add(device.Stream, slice.View, 200, 64, 63));
        Assert.Throws<ArgumentOutOfRangeException>(() => fingerprint.Add(device.Stream, slice.View, 200, 64, 137));
        Assert.Throws<ArgumentOutOfRangeException>(() => fingerprint.Add(device.Stream, slice.View, 201, 0, 201));
    }

    void AssertDigests(Fingerprint kind, double[] values, int accounts, int scenarios, int slice)
    {
        using DeviceBuffers buffers = new(device.Device);
        DeviceFingerprint fingerprint = new(buffers, kind, accounts, scenarios, slice);
        for (int first = 0; first < scenarios; first += slice)
        {
            Add(fingerprint, values, accounts, scenarios, first, Math.Min(slice, scenarios - first));
        }

        Assert.Equal(Digests(kind, values, accounts, scenarios), fingerprint.Digests(device.Stream));
        Assert.Equal(OnHost(kind, values, accounts, scenarios).Root(), fingerprint.Root(device.Stream));
    }

    static byte[] Digests(Fingerprint kind, double[] values, int accounts, int scenarios) =>
    [
        .. Leaves(values, accounts, scenarios).SelectMany(leaf => kind == Fingerprint.Sha256Leaves ? SHA256.HashData(leaf.Bytes) : XxHash128.Hash(WholeRows(leaf.Bytes, leaf.Rows))),
    ];

    static byte[] WholeRows(byte[] leaf, int rows) =>
        [.. leaf.Chunk(leaf.Length / rows).SelectMany(row => row.Concat(Enumerable.Repeat((byte)255, Leaf * sizeof(double) - row.Length)))];

    // With columns before and beyond the slice that belong to no leaf.
    void Add(DeviceFingerprint fingerprint, double[] values, int accounts, int scenarios, int first, int count)
    {
        const int Beyond = 3;
        double[] rows = [.. Enumerable.Range(0, accounts).SelectMany(account =>
            values.Skip(account * scenarios + first).Take(count).Concat(Enumerable.Repeat(double.NaN, Beyond)))];
        using MemoryBuffer1D<double, Stride1D.Dense> slice = device.Accelerator.Allocate1D(rows);
        fingerprint.Add(device.Stream, slice.View, count + Beyond, first, count);
        device.Stream.Synchronize();
    }

    static ProfitAndLossHash OnHost(Fingerprint kind, double[] values, int accounts, int scenarios)
    {
        ProfitAndLossHash hash = new(kind, accounts, scenarios);
        foreach ((int scenarioBlock, int accountBlock, _, byte[] bytes) in Leaves(values, accounts, scenarios))
        {
            hash.Add(scenarioBlock, accountBlock, bytes, Math.Min(Leaf, scenarios - scenarioBlock * Leaf));
        }

        return hash;
    }

    static IEnumerable<(int ScenarioBlock, int AccountBlock, int Rows, byte[] Bytes)> Leaves(double[] values, int accounts, int scenarios)
    {
        for (int s = 0; s < scenarios; s += Leaf)
        {
            for (int a = 0; a < accounts; a += Leaf)
            {
                double[] leaf = [.. Enumerable.Range(a, Math.Min(Leaf, accounts - a)).SelectMany(account =>
                    values.Skip(account * scenarios + s).Take(Math.Min(Leaf, scenarios - s)))];
                yield return (s / Leaf, a / Leaf, Math.Min(Leaf, accounts - a), MemoryMarshal.AsBytes(leaf.AsSpan()).ToArray());
            }
        }
    }

    static double[] Values(int accounts, int scenarios)
    {
        Random random = new(accounts * 1000 + scenarios);
        return [.. Enumerable.Range(0, accounts * scenarios).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))];
    }
}
