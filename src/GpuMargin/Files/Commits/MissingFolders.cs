namespace GpuMargin.Files.Commits;

/// <summary>The folders on the way to one that are not there yet: made for it, and removed when nothing came into them.</summary>
sealed class MissingFolders
{
    readonly IDisk disk;
    readonly string folder;

    // Innermost first.
    readonly List<string> missing = [];

    public MissingFolders(IDisk disk, string folder)
    {
        this.disk = disk;
        this.folder = folder;
        for (string? at = folder; at is not null && !Directory.Exists(at) && !File.Exists(at); at = Path.GetDirectoryName(at))
        {
            missing.Add(at);
        }
    }

    public void Make()
    {
        if (!Directory.Exists(folder))
        {
            disk.MakeFolder(folder);
        }
    }

    /// <summary>Makes their names last through a power failure.</summary>
    public void Sync()
    {
        foreach (string made in missing)
        {
            disk.SyncFolder(Path.GetDirectoryName(made)!);
        }
    }

    /// <summary>Those that are empty; another process may have put something into them.</summary>
    public void Remove()
    {
        try
        {
            foreach (string made in missing.Where(Directory.Exists))
            {
                disk.RemoveFolder(made);
            }
        }
        catch (Exception used) when (used is IOException or UnauthorizedAccessException)
        {
        }
    }
}
