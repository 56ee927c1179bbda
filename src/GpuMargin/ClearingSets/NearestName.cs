namespace GpuMargin.ClearingSets;

/// <summary>The known name that a mistyped one was probably meant to be.</summary>
static class NearestName
{
    // Beyond that the distance is not computed: a name of this length is not a typing error.
    const int LongestCompared = 64;

    /// <summary>The known name at the smallest distance, the first of equals.</summary>
    /// <param name="closeOnly">Leave out names that differ in more than a third of their letters, or in more than one letter when they are short.</param>
    public static string? Of(string name, IEnumerable<string> known, bool closeOnly = true)
    {
        string? nearest = null;
        int smallest = closeOnly ? Math.Max(1, name.Length / 3) + 1 : int.MaxValue;
        foreach (string candidate in known)
        {
            if (Math.Abs(candidate.Length - name.Length) < smallest && Distance(name, candidate) is var distance && distance < smallest)
            {
                (nearest, smallest) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>Whether one name may be a mistyped form of the other.</summary>
    public static bool IsNear(string name, string known) => Of(name, [known]) is not null;

    /// <summary>Optimal string alignment distance, ignoring case: insertions, deletions, substitutions, swaps of neighbours.</summary>
    static int Distance(string a, string b)
    {
        if (a.Length > LongestCompared || b.Length > LongestCompared)
        {
            return int.MaxValue;
        }

        Span<int> beforeLast = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> current = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = last[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(substitution, 1 + Math.Min(last[j], current[j - 1]));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            Span<int> free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }

        return last[b.Length];
    }

    static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
