using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using GpuMargin.Backends;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;
using Kind = GpuMargin.ClearingSets.Fingerprint;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>The tree of hashes over the P&amp;L of 5,000 accounts in 64 scenarios, by either definition.</summary>
public class Fingerprint
{
    const int LeafValues = ProfitAndLossHash.LeafAccounts * SetS.Tile;
    const double Work = (double)SetS.Accounts * SetS.Tile * sizeof(double);

    // [account, scenario]
    double[] profitAndLoss = [];

    [GlobalSetup]
    public void Prove()
    {
        profitAndLoss = NormalSample.Draw(SetS.Accounts * SetS.Tile, seed: 8);
        byte[][] leaves = [.. profitAndLoss.Chunk(LeafValues).Select(leaf => MemoryMarshal.AsBytes<double>(leaf).ToArray())];
        byte[] block = SHA256.HashData([.. leaves.SelectMany(leaf => XxHash128.Hash(leaf))]);
        Parity.RequireEqual<char>(Root([.. leaves.SelectMany(SHA256.HashData)]), First(), "fingerprint 1");
        Parity.RequireEqual<char>(Root(block), Tree(), "fingerprint 2");
    }

    [Benchmark]
    [Work(Unit.Bytes, Work)]
    [Work(Unit.Values, Work / sizeof(double))]
    public string Tree() => Of(Kind.XxhLeaves);

    [Benchmark]
    [Work(Unit.Bytes, Work)]
    [Work(Unit.Values, Work / sizeof(double))]
    public string First() => Of(Kind.Sha256Leaves);

    string Of(Kind kind)
    {
        using ProfitAndLossHash hash = new(kind, SetS.Accounts, SetS.Tile);
        hash.Add(0, 0, MemoryMarshal.AsBytes<double>(profitAndLoss), SetS.Tile);
        return hash.Root();
    }

    static string Root(byte[] digests) => Convert.ToHexStringLower(SHA256.HashData(digests));
}
