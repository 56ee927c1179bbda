namespace GpuMargin.Reporting;

/// <summary>Files of one folder that appear together or not at all.</summary>
/// <remarks>
/// Each file is written under a temporary name in the folder itself, so that renaming stays on one volume;
/// <see cref="Commit"/> flushes them and renames them in the order of creation. Without it, disposal removes
/// what was written and every folder that was made for it.
/// </remarks>
sealed class StagedFiles : IDisposable
{
    readonly string folder;
    readonly string? createdRoot;
    readonly List<(FileStream Stream, string Target)> files = [];
    readonly List<string> removed = [];
    bool committed;

    /// <exception cref="IOException">The folder cannot be made, or is a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public StagedFiles(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        if (File.Exists(this.folder))
        {
            throw new IOException($"'{folder}' is a file, expected a folder.");
        }

        createdRoot = FirstMissing(this.folder);
        try
        {
            Directory.CreateDirectory(this.folder);
        }
        catch
        {
            RemoveCreatedFolders();
            throw;
        }
    }

    /// <summary>A stream whose content will be the file <paramref name="name"/>; closed by <see cref="Commit"/> or disposal.</summary>
    /// <exception cref="IOException">There is a folder, a link or a device of that name.</exception>
    public Stream Create(string name)
    {
        string target = Path.Combine(folder, name);
        if (Directory.Exists(target))
        {
            throw new IOException($"'{name}' is a folder, expected a file.");
        }
        // Renaming over a link or a device node would replace it, /dev/stdout for everybody on the machine.
        if (new FileInfo(target).LinkTarget is not null || IsDeviceFolder(folder))
        {
            throw new IOException($"'{target}' is a link or a device, expected a file.");
        }

        var stream = new FileStream($"{target}.{Path.GetRandomFileName()}.tmp", FileMode.CreateNew, FileAccess.Write);
        files.Add((stream, target));
        return stream;
    }

    /// <summary><see cref="Commit"/> takes the file of that name away, if there is one.</summary>
    public void Remove(string name) => removed.Add(Path.Combine(folder, name));

    /// <summary>Makes the files appear and those to be removed disappear. If one cannot be put in place, those already replaced are put back.</summary>
    public void Commit()
    {
        foreach ((FileStream stream, _) in files)
        {
            stream.Flush(flushToDisk: true);
            stream.Dispose();
        }

        var replaced = new List<(string Target, string? Backup)>();
        try
        {
            foreach ((FileStream stream, string target) in files)
            {
                string? backup = File.Exists(target) ? $"{stream.Name}.old" : null;
                if (backup is null)
                {
                    File.Move(stream.Name, target);
                }
                else
                {
                    File.Replace(stream.Name, target, backup);
                }

                replaced.Add((target, backup));
            }

            foreach (string target in removed.Where(File.Exists))
            {
                string backup = $"{target}.{Path.GetRandomFileName()}.old";
                File.Move(target, backup);
                replaced.Add((target, backup));
            }
        }
        catch
        {
            PutBack(replaced);
            throw;
        }

        committed = true;
        foreach ((_, string? backup) in replaced)
        {
            if (backup is not null)
            {
                File.Delete(backup);
            }
        }
    }

    public void Dispose()
    {
        foreach ((FileStream stream, _) in files)
        {
            stream.Dispose();
            if (!committed)
            {
                File.Delete(stream.Name);
            }
        }

        if (!committed)
        {
            RemoveCreatedFolders();
        }
    }

    static void PutBack(List<(string Target, string? Backup)> replaced)
    {
        foreach ((string target, string? backup) in replaced)
        {
            if (backup is null)
            {
                File.Delete(target);
            }
            else
            {
                File.Move(backup, target, overwrite: true);
            }
        }
    }

    void RemoveCreatedFolders()
    {
        if (createdRoot is not null && Directory.Exists(createdRoot))
        {
            Directory.Delete(createdRoot, recursive: true);
        }
    }

    static bool IsDeviceFolder(string folder) => !OperatingSystem.IsWindows()
        && (folder is "/dev" or "/dev/fd" or "/dev/pts" or "/proc" || folder.StartsWith("/proc/", StringComparison.Ordinal));

    /// <summary>The outermost folder on the way to <paramref name="folder"/> that does not exist yet.</summary>
    static string? FirstMissing(string folder)
    {
        string? missing = null;
        for (string? at = folder; at is not null && !Directory.Exists(at) && !File.Exists(at); at = Path.GetDirectoryName(at))
        {
            missing = at;
        }

        return missing;
    }
}
