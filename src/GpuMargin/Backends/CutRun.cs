using System.Security.Cryptography;
using GpuMargin.Aggregation;
using GpuMargin.Numerics;

namespace GpuMargin.Backends;

/// <summary>The result of a run from the results of the parts that it was cut into.</summary>
static class CutRun
{
    /// <param name="parts">Of <see cref="ValuationRun.Cut"/>, in order.</param>
    /// <param name="results">Of the parts; from any backends.</param>
    /// <returns>The bits of the whole run: tails, fingerprint and digests.</returns>
    /// <exception cref="ArgumentException">The parts do not follow one another, or a result is not of its part.</exception>
    public static EngineResult Merge(IReadOnlyList<ValuationRun> parts, IReadOnlyList<EngineResult> results)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts.Count, nameof(parts));
        ArgumentOutOfRangeException.ThrowIfNotEqual(results.Count, parts.Count, nameof(results));
        int rows = parts[0].Positions.Rows;
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Positions.Rows != rows || parts[i].TailLength != parts[0].TailLength || (i > 0 && parts[i].FirstScenario != parts[i - 1].EndScenario))
            {
                throw new ArgumentException($"Part {i} does not follow the one before it.", nameof(parts));
            }

            if (results[i].Tails.Count != rows || results[i].Digests.Length != ProfitAndLossHash.KeptBytes(parts[i]))
            {
                throw new ArgumentException($"Result {i} is not of part {i}: it has other rows, or not the digests of its fingerprint.", nameof(results));
            }
        }

        LossTail[] tails = new LossTail[rows];
        SideBySide.For(rows, row =>
        {
            LossTail tail = results[0].Tails[row];
            for (int i = 1; i < parts.Count; i++)
            {
                tail = LossTail.Merge(tail, parts[i].FirstScenario - parts[0].FirstScenario, results[i].Tails[row], parts[i].Scenarios).First(parts[0].TailLength);
            }

            tails[row] = tail;
        });
        byte[] digests = [.. results.SelectMany(result => result.Digests.ToArray())];
        return new EngineResult(tails, Convert.ToHexStringLower(SHA256.HashData(digests)), StageTime.Sum(results.SelectMany(result => result.Stages)))
        {
            Digests = digests,
        };
    }
}
