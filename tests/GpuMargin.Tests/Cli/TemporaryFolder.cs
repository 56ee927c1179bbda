namespace GpuMargin.Tests.Cli;

/// <summary>A folder of its own for one test, removed with everything in it.</summary>
sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("gpumargin-test-").FullName;

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Relative names and contents of everything below, ordered by name.</summary>
    internal (string Name, string Bytes)[] Snapshot() =>
    [
        .. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(entry => (entry[Path.Length..], File.Exists(entry) ? Convert.ToHexString(File.ReadAllBytes(entry)) : "folder")),
    ];

    /// <summary>Another folder with the same in it.</summary>
    internal TemporaryFolder Copy()
    {
        TemporaryFolder copy = new();
        foreach (string folder in Directory.GetDirectories(Path, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(copy.Path + folder[Path.Length..]);
        }

        foreach (string file in Directory.GetFiles(Path, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, copy.Path + file[Path.Length..]);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
