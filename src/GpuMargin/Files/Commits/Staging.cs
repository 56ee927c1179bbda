namespace GpuMargin.Files.Commits;

/// <summary>The folder in which the files of a commit wait: <c>.NAME.gpumargin</c> beside their places, so that a rename puts them there.</summary>
/// <param name="folder">Where the files will be.</param>
/// <param name="name">The file that is put in place last. Writers of the same one exclude each other.</param>
sealed class Staging(string folder, string name)
{
    const string Before = ".", After = ".gpumargin";

    public string Folder { get; } = folder;

    public string Path { get; } = System.IO.Path.Combine(folder, $"{Before}{name}{After}");

    /// <summary>The journal on the way to the new files.</summary>
    public string Forward => Inside("forward");

    /// <summary>The journal on the way back to the old files.</summary>
    public string Back => Inside("back");

    /// <summary>Who writes, in words.</summary>
    public string Holder => Inside("holder");

    public string Target(string file) => System.IO.Path.Combine(Folder, file);

    public string New(string file) => Inside(file + ".new");

    public string Old(string file) => Inside(file + ".old");

    /// <summary>Those that there are in a folder.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be listed.</exception>
    public static List<Staging> In(string folder)
    {
        List<Staging> found = [];
        foreach (string path in Directory.EnumerateDirectories(folder, $"{Before}*{After}", s_hidden))
        {
            string name = System.IO.Path.GetFileName(path);
            if (name.Length > Before.Length + After.Length)
            {
                found.Add(new Staging(folder, name[Before.Length..^After.Length]));
            }
        }

        return found;
    }

    static readonly EnumerationOptions s_hidden = new() { AttributesToSkip = 0, MatchCasing = MatchCasing.CaseSensitive, IgnoreInaccessible = false };

    string Inside(string file) => System.IO.Path.Combine(Path, file);
}
