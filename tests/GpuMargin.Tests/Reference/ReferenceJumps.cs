using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Tests.Reference;

/// <summary>De-peg jumps by the definition on the page of numerics: Philox 4x32-10 at the counter (scenario, factor, day − 1, 4), its first word against the day's probability.</summary>
public static class ReferenceJumps
{
    /// <summary>Adds to paths the jumps of a policy's coins.</summary>
    /// <param name="paths">Per day [scenario, factor].</param>
    public static void Add(ClearingSet set, double[][,] paths)
    {
        foreach (DepegJump depeg in set.Policy!.Depegs)
        {
            for (int s = 0; s < paths[0].GetLength(0); s++)
            {
                bool fallen = false;
                for (int day = 0; day < paths.Length; day++)
                {
                    fallen |= FirstWord((uint)s, (uint)depeg.Factor, (uint)day, 4, set.Settings.Seed) < depeg.ProbabilityPerDay * Math.Pow(2, 32);
                    paths[day][s, depeg.Factor] += fallen ? Math.Log(1 - depeg.Fall) : 0;
                }
            }
        }
    }

    // Salmon, Moraes, Dror and Shaw 2011.
    static uint FirstWord(uint a, uint b, uint c, uint d, ulong seed)
    {
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong first = 0xD2511F53UL * a, second = 0xCD9E8D57UL * c;
            (a, b, c, d) = ((uint)(second >> 32) ^ b ^ key0, (uint)second, (uint)(first >> 32) ^ d ^ key1, (uint)first);
            (key0, key1) = (unchecked(key0 + 0x9E3779B9), unchecked(key1 + 0xBB67AE85));
        }

        return a;
    }
}
