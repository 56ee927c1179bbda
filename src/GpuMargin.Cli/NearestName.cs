namespace GpuMargin.Cli;

/// <summary>The known name that a mistyped one was probably meant to be.</summary>
static class NearestName
{
    /// <returns>The name at the smallest edit distance, case aside; <see langword="null"/> when even that shares less than half of it.</returns>
    internal static string? Of(string typo, IEnumerable<string> known)
    {
        (string? Name, int Distance) best = (null, int.MaxValue);
        foreach (string name in known)
        {
            int distance = EditDistance(typo.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < best.Distance)
                best = (name, distance);
        }

        return best.Name is { } nearest && best.Distance * 2 <= Math.Max(typo.Length, nearest.Length) ? nearest : null;
    }

    // Optimal string alignment: insertion, deletion, substitution and exchange of neighbours cost one each.
    static int EditDistance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int substitution = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, substitution);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }

        return cost[a.Length, b.Length];
    }
}
