using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>A folder that appears with everything in it or not at all: it is made beside its place, then takes its name.</summary>
sealed class NewFolder : IDisposable
{
    readonly string target;

    /// <param name="folder">Does not exist yet, or is empty.</param>
    /// <exception cref="RefusedInputException">The folder holds something, or a file has its name.</exception>
    public NewFolder(string folder)
    {
        target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        string? found = File.Exists(target) ? System.IO.Path.GetFileName(target)
            : Directory.Exists(target) ? Directory.EnumerateFileSystemEntries(target).Select(System.IO.Path.GetFileName).FirstOrDefault()
            : null;
        if (found is not null)
        {
            throw new RefusedInputException([new Fault(folder.Replace('\\', '/'), null, null, found, "a new or an empty folder")]);
        }

        Path = $"{target}.{Guid.NewGuid():N}.unfinished";
        Directory.CreateDirectory(Path);
    }

    /// <summary>Where it is made.</summary>
    public string Path { get; }

    public void Commit()
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target);
        }

        Directory.Move(Path, target);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
