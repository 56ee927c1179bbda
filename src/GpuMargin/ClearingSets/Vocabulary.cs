namespace GpuMargin.ClearingSets;

/// <summary>The words that a setting or a column may hold.</summary>
/// <remarks>Loops over plain arrays: queries over each enumeration's own type would be compiled when the program starts.</remarks>
sealed class Vocabulary<T>
    where T : struct
{
    readonly string[] words;
    readonly T[] values;

    public Vocabulary(params (string Word, T Value)[] entries)
    {
        words = new string[entries.Length];
        values = new T[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            (words[i], values[i]) = entries[i];
        }
    }

    public IReadOnlyList<string> Words => words;

    public T? Find(string word)
    {
        int known = Array.IndexOf(words, word);
        return known < 0 ? null : values[known];
    }

    /// <summary>Whether the value has a word: it has none where it is not a member of its enumeration.</summary>
    public bool Has(T value) => IndexOf(value) >= 0;

    /// <exception cref="ArgumentOutOfRangeException">The value has no word.</exception>
    public string WordOf(T value) => IndexOf(value) is var known and >= 0 ? words[known] : throw new ArgumentOutOfRangeException(nameof(value), value, "a value with a word");

    int IndexOf(T value)
    {
        int known = values.Length - 1;
        while (known >= 0 && !values[known].Equals(value))
        {
            known--;
        }

        return known;
    }

    /// <summary>Phrase that continues "expected …" for a word that was not found.</summary>
    public string Expected(string? found = null)
    {
        string[] quoted = [.. words.Select(word => $"'{word}'")];
        string list = quoted.Length == 1 ? quoted[0] : $"{string.Join(", ", quoted[..^1])} or {quoted[^1]}";
        return found is null ? list
            : NearestName.Of(found, words) is { } nearest && quoted.Length > 1 ? $"{list} (did you mean '{nearest}'?)"
            : list;
    }
}
