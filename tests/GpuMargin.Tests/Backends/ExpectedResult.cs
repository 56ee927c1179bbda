using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Backends;

/// <summary>What a run must keep of a full table of P&amp;L: tails by sorting, the fingerprint by its definition.</summary>
sealed record ExpectedResult(LossTail[] Tails, string ProfitAndLossSha256)
{
    const int Leaf = 64;

    /// <param name="profitAndLoss">[scenario, account].</param>
    /// <param name="scenarios">Rows that count.</param>
    /// <param name="fingerprinted">Accounts that the fingerprint covers, where it is not all.</param>
    internal static ExpectedResult Of(double[,] profitAndLoss, int scenarios, int tailLength, int? fingerprinted = null, Fingerprint kind = Fingerprint.XxhLeaves)
    {
        LossTail[] tails = new LossTail[profitAndLoss.GetLength(1)];
        for (int account = 0; account < tails.Length; account++)
        {
            int[] order = [.. Enumerable.Range(0, scenarios).OrderBy(s => profitAndLoss[s, account]).ThenBy(s => s).Take(tailLength)];
            tails[account] = new LossTail([.. order.Select(s => 0.0 - profitAndLoss[s, account])], order);
        }

        return new ExpectedResult(tails, Hash(kind, profitAndLoss, fingerprinted ?? tails.Length, scenarios));
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

    // 1: leaves by SHA-256, as large as the P&L. 2: leaves by XXH3-128, of whole rows, and a SHA-256 for each 64 scenarios.
    static string Hash(Fingerprint kind, double[,] profitAndLoss, int accounts, int scenarios)
    {
        using MemoryStream whole = new();
        for (int s = 0; s < scenarios; s += Leaf)
        {
            using MemoryStream digests = new();
            for (int a = 0; a < accounts; a += Leaf)
            {
                byte[] leaf = Bytes(kind, profitAndLoss, s, scenarios, a, Math.Min(accounts, a + Leaf));
                digests.Write(kind == Fingerprint.Sha256Leaves ? SHA256.HashData(leaf) : XxHash128.Hash(leaf));
            }

            whole.Write(kind == Fingerprint.Sha256Leaves || accounts == 0 ? digests.ToArray() : SHA256.HashData(digests.ToArray()));
        }

        return Convert.ToHexStringLower(SHA256.HashData(whole.ToArray()));
    }

    static byte[] Bytes(Fingerprint kind, double[,] profitAndLoss, int firstScenario, int scenarios, int firstAccount, int endAccount)
    {
        using MemoryStream leaf = new();
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        for (int account = firstAccount; account < endAccount; account++)
        {
            for (int scenario = firstScenario; scenario < firstScenario + Leaf; scenario++)
            {
                if (scenario < scenarios)
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes, profitAndLoss[scenario, account]);
                    leaf.Write(bytes);
                }
                else if (kind == Fingerprint.XxhLeaves)
                {
                    leaf.Write([255, 255, 255, 255, 255, 255, 255, 255]);
                }
            }
        }

        return leaf.ToArray();
    }
}
