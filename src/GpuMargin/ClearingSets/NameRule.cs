namespace GpuMargin.ClearingSets;

/// <summary>What a name of a factor, an instrument, an account or a currency may look like.</summary>
static class NameRule
{
    /// <returns>What was expected instead; <see langword="null"/> when the name is fine.</returns>
    public static string? Breach(string name) =>
        name.Length == 0 ? "a name (it is empty)"
        : char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]) ? "a name without blanks around it"
        : name.Any(char.IsControl) ? "a name without control characters"
        : null;
}
