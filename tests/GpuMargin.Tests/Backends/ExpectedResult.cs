using System.Buffers.Binary;
using System.Security.Cryptography;
using GpuMargin.Backends;
using Xunit;

namespace GpuMargin.Tests.Backends;

/// <summary>What a run must keep of a full table of P&amp;L: tails by sorting, the fingerprint by its definition.</summary>
sealed record ExpectedResult(LossTail[] Tails, string ProfitAndLossSha256)
{
    const int Leaf = 64;

    /// <param name="profitAndLoss">[scenario, account].</param>
    /// <param name="scenarios">Rows that count.</param>
    /// <param name="fingerprinted">Accounts that the fingerprint covers, where it is not all.</param>
    internal static ExpectedResult Of(double[,] profitAndLoss, int scenarios, int tailLength, int? fingerprinted = null)
    {
        LossTail[] tails = new LossTail[profitAndLoss.GetLength(1)];
        for (int account = 0; account < tails.Length; account++)
        {
            int[] order = [.. Enumerable.Range(0, scenarios).OrderBy(s => profitAndLoss[s, account]).ThenBy(s => s).Take(tailLength)];
            tails[account] = new LossTail([.. order.Select(s => 0.0 - profitAndLoss[s, account])], order);
        }

        return new ExpectedResult(tails, Fingerprint(profitAndLoss, fingerprinted ?? tails.Length, scenarios));
    }

    internal void AssertSame(EngineResult result, string configuration)
    {
        Assert.True(ProfitAndLossSha256 == result.ProfitAndLossSha256, $"{configuration}: the fingerprint differs.");
        Assert.True(Tails.Length == result.Tails.Count, $"{configuration}: {result.Tails.Count} tails.");
        for (int account = 0; account < Tails.Length; account++)
        {
            Assert.True(Tails[account].Scenarios.AsSpan().SequenceEqual(result.Tails[account].Scenarios), $"{configuration}: other scenarios in the tail of account {account}.");
            Assert.True(Bits(Tails[account].Losses).SequenceEqual(Bits(result.Tails[account].Losses)), $"{configuration}: other losses in the tail of account {account}.");
        }
    }

    static IEnumerable<long> Bits(double[] values) => values.Select(BitConverter.DoubleToInt64Bits);

    static string Fingerprint(double[,] profitAndLoss, int accounts, int scenarios)
    {
        using MemoryStream digests = new();
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        for (int s = 0; s < scenarios; s += Leaf)
        {
            for (int a = 0; a < accounts; a += Leaf)
            {
                using MemoryStream leaf = new();
                for (int account = a; account < Math.Min(accounts, a + Leaf); account++)
                {
                    for (int scenario = s; scenario < Math.Min(scenarios, s + Leaf); scenario++)
                    {
                        BinaryPrimitives.WriteDoubleLittleEndian(bytes, profitAndLoss[scenario, account]);
                        leaf.Write(bytes);
                    }
                }

                digests.Write(SHA256.HashData(leaf.ToArray()));
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(digests.ToArray()));
    }
}
