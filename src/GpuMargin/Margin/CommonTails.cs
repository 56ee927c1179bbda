using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Margin;

/// <summary>Scenarios that most accounts with an instrument of a group have in their tails.</summary>
static class CommonTails
{
    /// <summary>Accounts of a group that are asked, at most: more would tell the same scenarios at the price of a revaluation.</summary>
    public const int AccountsAtMost = 256;

    /// <param name="groupOf">Group of each instrument; −1: none.</param>
    /// <param name="tails">Of each account, worst first.</param>
    /// <param name="most">Scenarios of an account's tail, and of a group, at most.</param>
    /// <param name="end">Above every scenario.</param>
    /// <returns>[group]: ascending; of scenarios that as many accounts have, the first.</returns>
    public static int[][] Of(PositionTable positions, int[] groupOf, int groups, IReadOnlyList<LossTail> tails, int most, int end, CancellationToken cancellation)
    {
        List<int>[] accounts = Holders(positions, groupOf, groups);
        int[][] worst = [.. tails.Select(tail => tail.First(most).Scenarios)];
        int[][] common = new int[groups][];
        SideBySide.For(
            groups,
            () => new int[end],
            (group, counts) =>
            {
                Array.Clear(counts);
                foreach (int account in Asked(accounts[group]).Distinct())
                {
                    foreach (int scenario in worst[account])
                    {
                        counts[scenario]++;
                    }
                }

                common[group] = Largest(counts, most);
            },
            cancellation);
        return common;
    }

    // Evenly spaced.
    static IEnumerable<int> Asked(List<int> accounts) => accounts.Count <= AccountsAtMost
        ? accounts
        : Enumerable.Range(0, AccountsAtMost).Select(i => accounts[(int)((long)i * accounts.Count / AccountsAtMost)]);

    // With repetitions where rows of an account are apart.
    static List<int>[] Holders(PositionTable positions, int[] groupOf, int groups)
    {
        List<int>[] accounts = [.. Enumerable.Range(0, groups).Select(_ => new List<int>())];
        for (int row = 0; row < positions.Count; row++)
        {
            if (groupOf[positions.Instrument[row]] is var group and >= 0 && positions.Quantity[row] != 0 && (accounts[group] is { Count: 0 } || accounts[group][^1] != positions.Account[row]))
            {
                accounts[group].Add(positions.Account[row]);
            }
        }

        return accounts;
    }

    // Places of the largest counts above 0.
    static int[] Largest(int[] counts, int most)
    {
        int[] places = [.. Enumerable.Range(0, counts.Length).Where(place => counts[place] > 0)];
        if (places.Length <= most)
        {
            return places;
        }

        int[] ordered = [.. places.Select(place => counts[place])];
        Array.Sort(ordered);
        int least = ordered[^most];
        int left = most - places.Count(place => counts[place] > least);
        return [.. places.Where(place => counts[place] > least || (counts[place] == least && left-- > 0))];
    }
}
