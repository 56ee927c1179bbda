using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuMargin.Backends;
using Xunit;

namespace GpuMargin.Tests.Backends;

/// <summary>The fingerprint of the P&amp;L does not depend on when leaves arrive: they wait for those before them.</summary>
public sealed class LeafOrderTests
{
    const int Accounts = 200, Scenarios = 1000, AccountBlocks = 4, ScenarioBlocks = 16;

    static readonly double[] s_profitAndLoss = [.. Enumerable.Range(0, Accounts * Scenarios).Select(i => i * 0.5)]; // [account, scenario]

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Leaves_may_come_in_any_order(int seed)
    {
        using ProfitAndLossHash hash = new(Accounts, Scenarios);
        (int, int)[] leaves = [.. Enumerable.Range(0, ScenarioBlocks).SelectMany(s => Enumerable.Range(0, AccountBlocks).Select(a => (s, a)))];
        new Random(seed).Shuffle(leaves);
        Parallel.ForEach(leaves, leaf => Add(hash, leaf.Item1, leaf.Item2));
        Assert.Equal(Expected(), hash.Root());
        Assert.Equal(Expected(), hash.Root());
    }

    [Fact]
    public void A_missing_leaf_gives_no_fingerprint()
    {
        using ProfitAndLossHash hash = new(Accounts, Scenarios);
        for (int scenarios = 0; scenarios < ScenarioBlocks; scenarios++)
        {
            for (int accounts = 0; accounts < AccountBlocks; accounts++)
            {
                if ((scenarios, accounts) != (7, 2))
                {
                    Add(hash, scenarios, accounts);
                }
            }
        }

        Assert.Equal("Scenario block 7 of 16 lacks leaves.", Assert.Throws<InvalidOperationException>(hash.Root).Message);
        Add(hash, 7, 2);
        Assert.Equal(Expected(), hash.Root());
    }

    static void Add(ProfitAndLossHash hash, int scenarioBlock, int accountBlock) =>
        hash.Add(scenarioBlock, accountBlock, MemoryMarshal.AsBytes<double>(Leaf(scenarioBlock, accountBlock)), Math.Min(64, Scenarios - 64 * scenarioBlock));

    static double[] Leaf(int scenarioBlock, int accountBlock) =>
    [
        .. Enumerable.Range(64 * accountBlock, Math.Min(64, Accounts - 64 * accountBlock))
            .SelectMany(account => s_profitAndLoss.Skip(account * Scenarios + 64 * scenarioBlock).Take(Math.Min(64, Scenarios - 64 * scenarioBlock))),
    ];

    static string Expected() => Convert.ToHexStringLower(SHA256.HashData(
    [
        .. Enumerable.Range(0, ScenarioBlocks).SelectMany(s => Enumerable.Range(0, AccountBlocks).SelectMany(a => SHA256.HashData(MemoryMarshal.AsBytes<double>(Leaf(s, a))))),
    ]));
}
