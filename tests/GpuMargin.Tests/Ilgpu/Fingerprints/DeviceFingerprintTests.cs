using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuMargin.Backends;
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
                AssertDigests(values, accounts, scenarios, slice);
            }
        }
    }

    [Fact]
    public void Small_leaves_of_all_shapes_are_padded_as_the_standard_says()
    {
        for (int accounts = 1; accounts <= 5; accounts++)
        {
            for (int scenarios = 1; scenarios <= 9; scenarios++)
            {
                AssertDigests(Values(accounts, scenarios), accounts, scenarios, scenarios);
            }
        }
    }

    [Fact]
    public void Devices_that_share_the_accounts_make_one_fingerprint()
    {
        const int Accounts = 70, Scenarios = 100;
        double[] values = Values(Accounts, Scenarios);
        ProfitAndLossHash whole = new(Accounts, Scenarios);
        foreach ((int first, int count) in ((int, int)[])[(Leaf, Accounts - Leaf), (0, Leaf)])
        {
            using DeviceBuffers buffers = new(device.Device);
            DeviceFingerprint part = new(buffers, count, Scenarios);
            Add(part, values.AsSpan(first * Scenarios, count * Scenarios).ToArray(), count, Scenarios, 0, Scenarios);
            whole.AddDigests(first / Leaf, (count + Leaf - 1) / Leaf, part.Digests(device.Stream));
        }

        Assert.Equal(OnHost(values, Accounts, Scenarios).Root(), whole.Root());
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.AddDigests(0, 1, new byte[SHA256.HashSizeInBytes]));
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.AddDigests(1, 2, new byte[4 * SHA256.HashSizeInBytes]));
    }

    [Fact]
    public void A_slice_that_cuts_a_leaf_is_refused()
    {
        using DeviceBuffers buffers = new(device.Device);
        DeviceFingerprint fingerprint = new(buffers, 1, 200);
        using MemoryBuffer1D<double, Stride1D.Dense> slice = device.Accelerator.Allocate1D<double>(200);
        Assert.Throws<ArgumentOutOfRangeException>(() => fingerprint.Add(device.Stream, slice.View, 200, 63, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => fingerprint.Add(device.Stream, slice.View, 200, 64, 63));
        Assert.Throws<ArgumentOutOfRangeException>(() => fingerprint.Add(device.Stream, slice.View, 200, 64, 137));
        Assert.Throws<ArgumentOutOfRangeException>(() => fingerprint.Add(device.Stream, slice.View, 201, 0, 201));
    }

    void AssertDigests(double[] values, int accounts, int scenarios, int slice)
    {
        using DeviceBuffers buffers = new(device.Device);
        DeviceFingerprint fingerprint = new(buffers, accounts, scenarios);
        for (int first = 0; first < scenarios; first += slice)
        {
            Add(fingerprint, values, accounts, scenarios, first, Math.Min(slice, scenarios - first));
        }

        byte[] expected = [.. Leaves(values, accounts, scenarios).SelectMany(leaf => SHA256.HashData(leaf.Bytes))];
        Assert.Equal(expected, fingerprint.Digests(device.Stream));
        string root = fingerprint.Root(device.Stream);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(expected)), root);
        Assert.Equal(OnHost(values, accounts, scenarios).Root(), root);
    }

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

    static ProfitAndLossHash OnHost(double[] values, int accounts, int scenarios)
    {
        ProfitAndLossHash hash = new(accounts, scenarios);
        foreach ((int scenarioBlock, int accountBlock, byte[] bytes) in Leaves(values, accounts, scenarios))
        {
            hash.Add(scenarioBlock, accountBlock, bytes, Math.Min(Leaf, scenarios - scenarioBlock * Leaf));
        }

        return hash;
    }

    static IEnumerable<(int ScenarioBlock, int AccountBlock, byte[] Bytes)> Leaves(double[] values, int accounts, int scenarios)
    {
        for (int s = 0; s < scenarios; s += Leaf)
        {
            for (int a = 0; a < accounts; a += Leaf)
            {
                double[] leaf = [.. Enumerable.Range(a, Math.Min(Leaf, accounts - a)).SelectMany(account =>
                    values.Skip(account * scenarios + s).Take(Math.Min(Leaf, scenarios - s)))];
                yield return (s / Leaf, a / Leaf, MemoryMarshal.AsBytes(leaf.AsSpan()).ToArray());
            }
        }
    }

    static double[] Values(int accounts, int scenarios)
    {
        Random random = new(accounts * 1000 + scenarios);
        return [.. Enumerable.Range(0, accounts * scenarios).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))];
    }
}
