using System.Runtime.InteropServices;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Backends;

/// <summary>The fingerprint of the P&amp;L does not depend on when leaves arrive: they wait for those before them.</summary>
public sealed class LeafOrderTests
{
    const int Accounts = 200, Scenarios = 1000, AccountBlocks = 4, ScenarioBlocks = 16;

    static readonly double[] s_profitAndLoss = [.. Enumerable.Range(0, Accounts * Scenarios).Select(i => i * 0.5)]; // [account, scenario]

    [Theory]
    [InlineData(1, Fingerprint.Sha256Leaves)]
    [InlineData(2, Fingerprint.Sha256Leaves)]
    [InlineData(1, Fingerprint.XxhLeaves)]
    [InlineData(2, Fingerprint.XxhLeaves)]
    public void Leaves_may_come_in_any_order(int seed, Fingerprint kind)
    {
        using ProfitAndLossHash hash = new(kind, Accounts, Scenarios);
        (int, int)[] leaves = [.. Enumerable.Range(0, ScenarioBlocks).SelectMany(s => Enumerable.Range(0, AccountBlocks).Select(a => (s, a)))];
        new Random(seed).Shuffle(leaves);
        Parallel.ForEach(leaves, leaf => Add(hash, leaf.Item1, leaf.Item2));
        Assert.Equal(Expected(kind), hash.Root());
        Assert.Equal(Expected(kind), hash.Root());
    }

    [Theory]
    [InlineData(Fingerprint.Sha256Leaves)]
    [InlineData(Fingerprint.XxhLeaves)]
    public void A_missing_leaf_gives_no_fingerprint(Fingerprint kind)
    {
        using ProfitAndLossHash hash = new(kind, Accounts, Scenarios);
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
        Assert.Equal(Expected(kind), hash.Root());
    }

    static void Add(ProfitAndLossHash hash, int scenarioBlock, int accountBlock) =>
        hash.Add(scenarioBlock, accountBlock, MemoryMarshal.AsBytes<double>(Leaf(scenarioBlock, accountBlock)), Math.Min(64, Scenarios - 64 * scenarioBlock));

    static double[] Leaf(int scenarioBlock, int accountBlock) =>
    [
        .. Enumerable.Range(64 * accountBlock, Math.Min(64, Accounts - 64 * accountBlock))
            .SelectMany(account => s_profitAndLoss.Skip(account * Scenarios + 64 * scenarioBlock).Take(Math.Min(64, Scenarios - 64 * scenarioBlock))),
    ];

    static string Expected(Fingerprint kind)
    {
        double[,] table = new double[Scenarios, Accounts];
        for (int i = 0; i < s_profitAndLoss.Length; i++)
        {
            table[i % Scenarios, i / Scenarios] = s_profitAndLoss[i];
        }

        return ExpectedResult.Of(table, Scenarios, tailLength: 1, kind: kind).ProfitAndLossSha256;
    }
}
