namespace GpuMargin.Files.Commits;

/// <summary>Full path without links: two paths of one file or folder have the same.</summary>
static class RealPath
{
    /// <param name="path">What it names need not exist; the part that does is resolved.</param>
    /// <exception cref="IOException">Links that lead to each other.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        foreach (string part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(real, part);
            FileInfo file = new(next);
            real = file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : next;
        }

        return real;
    }

    /// <summary>Whether two paths name one file or folder.</summary>
    public static bool Same(string one, string other) => string.Equals(
        Of(one), Of(other),
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
