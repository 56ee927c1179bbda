using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Options;

/// <summary>Names given on the command line, found among the set's.</summary>
static class NameSelection
{
    /// <param name="kind">What is named, in words: factor, account.</param>
    /// <returns>Indices into <paramref name="known"/> in the order of <paramref name="wanted"/>, each once.</returns>
    /// <exception cref="CommandRefusedException">A name that the set does not have; the nearest one is suggested.</exception>
    internal static int[] Indices(string option, string kind, IReadOnlyList<string> wanted, IReadOnlyList<string> known)
    {
        var index = new Dictionary<string, int>(known.Count, StringComparer.Ordinal);
        for (int i = 0; i < known.Count; i++)
        {
            index[known[i]] = i;
        }

        string[] unknown = [.. wanted.Where(name => !index.ContainsKey(name)).Distinct()];
        if (unknown.Length > 0)
        {
            throw new CommandRefusedException([.. unknown.Select(Unknown)]);
        }

        return [.. wanted.Select(name => index[name]).Distinct()];

        string Unknown(string name) => name.Length == 0
            ? $"{option}: found an empty name, expected the name of {(kind == "account" ? "an" : "a")} {kind}"
            : NearestName.Of(name, known) is { } nearest
            ? $"{option}: no {kind} is called '{VisibleText.Name(name)}'; the nearest is '{VisibleText.Name(nearest)}'"
            : $"{option}: no {kind} is called '{VisibleText.Name(name)}'";
    }
}
