namespace GpuMargin.Files.Commits;

/// <summary>A folder while its files are read: all are of one commit. Readers share it, writers wait.</summary>
/// <remarks>A commit that a killed process left is ended first. Where that may not be written, files are read from where they wait.</remarks>
sealed class SettledFolder : IDisposable
{
    readonly string folder;
    readonly FolderLock? shared;
    readonly Dictionary<string, string?> places = new(StringComparer.Ordinal);

    SettledFolder(string folder, FolderLock? shared)
    {
        this.folder = folder;
        this.shared = shared;
    }

    /// <param name="folder">May be missing.</param>
    /// <param name="disk">Where leftovers are ended.</param>
    /// <exception cref="FolderBusyException">A writer did not end in time.</exception>
    public static SettledFolder Open(string folder, IDisk disk, CancellationToken cancellation)
    {
        try
        {
            SettledFolder settled = Locked(folder, cancellation);
            if (Leftovers.AreIn(folder))
            {
                settled.Dispose();
                TrySettle(folder, disk, cancellation);
                settled = Locked(folder, cancellation);
                settled.FindPlaces();
            }

            return settled;
        }
        catch (DirectoryNotFoundException)
        {
            return new SettledFolder(folder, null);
        }
    }

    /// <inheritdoc cref="Open(string, IDisk, CancellationToken)"/>
    public static SettledFolder Open(string folder, CancellationToken cancellation = default) => Open(folder, Disk.OfThisMachine, cancellation);

    /// <summary>Where a file is to be read; what is there need not exist.</summary>
    public string PathOf(string name) => places.TryGetValue(name, out string? place) && place is not null ? place : Path.Combine(folder, name);

    public bool Has(string name) => places.TryGetValue(name, out string? place) ? place is not null : File.Exists(Path.Combine(folder, name));

    /// <exception cref="FileNotFoundException">There is none.</exception>
    public byte[] Read(string name) => Has(name) ? PlainFile.Read(PathOf(name)) : throw new FileNotFoundException($"'{Path.Combine(folder, name)}' is not there.");

    static SettledFolder Locked(string folder, CancellationToken cancellation) =>
        new(folder, FolderLock.Take(folder, shared: true, cancellation) ?? throw new FolderBusyException(folder));

    static void TrySettle(string folder, IDisk disk, CancellationToken cancellation)
    {
        try
        {
            using FolderLock? whole = FolderLock.Take(folder, shared: false, cancellation);
            if (whole is not null)
            {
                Leftovers.Settle(disk, folder);
            }
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
        }
    }

    void FindPlaces()
    {
        foreach (Staging staging in Staging.In(folder))
        {
            foreach ((string name, string? place) in Settlement.Places(staging))
            {
                places[name] = place;
            }
        }
    }

    public void Dispose() => shared?.Dispose();
}
