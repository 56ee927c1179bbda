using System.Globalization;

namespace GpuMargin.Files.Commits;

/// <summary>Files of one folder that change in one step: all of them or none, whenever the process or the disk fails.</summary>
/// <remarks>
/// New files wait in a <see cref="Staging"/> folder. <see cref="Commit"/> syncs them, keeps the old files by second names and writes a journal;
/// with the journal the commit is made. Then each new file is renamed into its place. Whoever finds the journal of a killed process goes on where it
/// stopped (<see cref="Leftovers"/>). Without a commit, disposal removes what was written and every folder that was made for it.
/// </remarks>
sealed class StagedFiles : IDisposable
{
    readonly IDisk disk;
    readonly Staging staging;
    readonly string last;
    readonly FolderLock writer;
    readonly MissingFolders made;
    readonly List<(string Name, HashedStream Stream)> files = [];
    readonly List<string> removed = [];
    bool committed, unfinished;

    /// <summary>Takes the folder for writing <paramref name="last"/>; other writers of that file wait until disposal.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="last">The file that is put in place last: the record of the others, if there is one.</param>
    /// <param name="others">Names that are checked before anything is made.</param>
    /// <exception cref="IOException">The folder cannot be made, is a file or is in use; or there is a folder, a link or a device of a name.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made or written to.</exception>
    public StagedFiles(string folder, string last, IReadOnlyList<string> others, IDisk? disk = null, CancellationToken cancellation = default)
    {
        string full = Path.GetFullPath(folder);
        if (File.Exists(full))
        {
            throw new IOException($"'{folder}' is a file, expected a folder.");
        }

        this.disk = disk ?? Disk.OfThisMachine;
        this.last = last;
        staging = new Staging(full, last);
        foreach (string name in (string[])[.. others, last])
        {
            CheckPlace(name);
        }

        made = new MissingFolders(this.disk, full);
        try
        {
            writer = FolderLock.Wait(TryEnter, cancellation) ?? throw new FolderBusyException(folder);
        }
        catch
        {
            made.Remove();
            throw;
        }

        try
        {
            WriteHolder();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A stream whose content will be the file <paramref name="name"/>; closed by <see cref="Commit"/> or disposal.</summary>
    /// <exception cref="IOException">There is a folder, a link or a device of that name.</exception>
    public Stream Create(string name)
    {
        CheckPlace(name);
        var stream = new HashedStream(disk.Create(staging.New(name)));
        lock (files)
        {
            files.Add((name, stream));
        }

        return stream;
    }

    /// <summary>The whole content of a file.</summary>
    /// <returns>Its SHA-256, lower-case hexadecimal.</returns>
    /// <inheritdoc cref="Create"/>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var stream = (HashedStream)Create(name);
        stream.Write(content);
        return stream.Sha256;
    }

    /// <summary><see cref="Commit"/> takes the file of that name away, if there is one.</summary>
    public void Remove(string name) => removed.Add(name);

    /// <summary>Puts the files in their places and takes those to be removed away.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop before the commit was made; the old files are untouched.</exception>
    /// <exception cref="UnfinishedCommitException">The disk failed twice.</exception>
    /// <exception cref="IOException">The old files are in their places.</exception>
    public void Commit(CancellationToken cancellation = default)
    {
        foreach ((_, HashedStream stream) in files)
        {
            disk.Sync(stream.Inner);
            stream.Dispose();
        }

        using FolderLock whole = FolderLock.Take(staging.Folder, shared: false, cancellation) ?? throw new FolderBusyException(staging.Folder);
        cancellation.ThrowIfCancellationRequested();
        Journal journal = new([
            .. files.Where(file => file.Name != last).Select(Entry),
            .. removed.Where(name => File.Exists(staging.Target(name))).Select(name => new JournalEntry(name, null, Replaces: true)),
            .. files.Where(file => file.Name == last).Select(Entry),
        ]);
        foreach (JournalEntry entry in journal.Entries.Where(entry => entry.Replaces))
        {
            disk.Link(staging.Target(entry.Name), staging.Old(entry.Name));
        }

        try
        {
            journal.Write(disk, staging.Forward);
            disk.SyncFolder(staging.Path);
            disk.SyncFolder(staging.Folder);
            made.Sync();
            Settlement.GoForward(disk, staging, journal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            GoBack(journal, problem);
            throw;
        }

        committed = true;
        TryClear();
    }

    /// <summary>What cannot be removed goes with the next command.</summary>
    public void Dispose()
    {
        try
        {
            foreach ((_, HashedStream stream) in files)
            {
                Try(stream.Dispose);
            }

            // After a commit the staging folder of that name may be another writer's.
            if (!committed && !unfinished)
            {
                TryClear();
                made.Remove();
            }
        }
        finally
        {
            writer.Dispose();
        }
    }

    JournalEntry Entry((string Name, HashedStream Stream) file) => new(file.Name, file.Stream.Sha256, File.Exists(staging.Target(file.Name)));

    FolderLock? TryEnter()
    {
        try
        {
            made.Make();
            using FolderLock? whole = FolderLock.TryTake(staging.Folder, shared: false);
            if (whole is null)
            {
                return null;
            }

            Leftovers.Settle(disk, staging.Folder);
            disk.MakeFolder(staging.Path);
            return FolderLock.TryTake(staging.Path, shared: false);
        }
        catch (DirectoryNotFoundException)
        {
            // Another writer had made the folder and took it away again.
            return null;
        }
    }

    void WriteHolder()
    {
        using Stream holder = disk.Create(staging.Holder);
        holder.Write(System.Text.Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName} since {DateTime.UtcNow:HH:mm:ss}Z")));
    }

    void GoBack(Journal journal, Exception problem)
    {
        try
        {
            Settlement.GoBack(disk, staging, journal);
        }
        catch (Exception again) when (again is IOException or UnauthorizedAccessException)
        {
            unfinished = true;
            throw new UnfinishedCommitException(staging, problem);
        }
    }

    void TryClear() => Try(() => Settlement.Clear(disk, staging));

    static void Try(Action clean)
    {
        try
        {
            clean();
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
        }
    }

    void CheckPlace(string name)
    {
        string target = staging.Target(name);
        if (Directory.Exists(target))
        {
            throw new IOException($"'{name}' is a folder, expected a file.");
        }
        // Renaming over a link or a device node would replace it, /dev/stdout for everybody on the machine.
        if (new FileInfo(target).LinkTarget is not null || PlainFile.IsSpecial(target) || IsDeviceFolder(RealPath.Of(staging.Folder)))
        {
            throw new IOException($"'{target}' is a link or a device, expected a file.");
        }
    }

    static bool IsDeviceFolder(string folder) => !OperatingSystem.IsWindows()
        && (folder is "/dev" or "/dev/fd" or "/dev/pts" or "/proc" || folder.StartsWith("/proc/", StringComparison.Ordinal));
}
