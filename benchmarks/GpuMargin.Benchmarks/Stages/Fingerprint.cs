using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using GpuMargin.Backends;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>The SHA-256 tree over the P&amp;L of 5,000 accounts in 64 scenarios.</summary>
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
        byte[][] leaves = [.. profitAndLoss.Chunk(LeafValues).Select(leaf => SHA256.HashData(MemoryMarshal.AsBytes<double>(leaf)))];
        string expected = Convert.ToHexStringLower(SHA256.HashData([.. leaves.SelectMany(leaf => leaf)]));
        Parity.RequireEqual<char>(expected, Tree(), "fingerprint");
    }

    [Benchmark]
    [Work(Unit.Bytes, Work)]
    [Work(Unit.Values, Work / sizeof(double))]
    public string Tree()
    {
        ProfitAndLossHash hash = new(SetS.Accounts, SetS.Tile);
        hash.Add(0, 0, MemoryMarshal.AsBytes<double>(profitAndLoss), SetS.Tile);
        return hash.Root();
    }
}
