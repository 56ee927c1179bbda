namespace GpuMargin.ClearingSets;

/// <summary>The words that a setting or a column may hold.</summary>
sealed class Vocabulary<T>(params (string Word, T Value)[] words)
    where T : struct
{
    /// <summary>Word of the file contract that this version refuses.</summary>
    public string? Unsupported { get; init; }

    /// <summary>What the unsupported word stands for, as a sentence's subject.</summary>
    public string? UnsupportedFeature { get; init; }

    public IEnumerable<string> Words => words.Select(known => known.Word);

    public T? Find(string word)
    {
        foreach ((string known, T value) in words)
        {
            if (known == word)
            {
                return value;
            }
        }

        return null;
    }

    public string WordOf(T value) => words.First(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Word;

    /// <summary>Phrase that continues "expected …" for a word that was not found.</summary>
    public string Expected(string? found = null)
    {
        string[] quoted = [.. words.Select(word => $"'{word.Word}'")];
        string list = quoted.Length == 1 ? quoted[0] : $"{string.Join(", ", quoted[..^1])} or {quoted[^1]}";
        return found is null ? list
            : found == Unsupported ? $"{list} ({UnsupportedFeature} is not supported by this version)"
            : NearestName.Of(found, words.Select(word => word.Word)) is { } nearest && quoted.Length > 1 ? $"{list} (did you mean '{nearest}'?)"
            : list;
    }
}
