namespace GpuMargin.Files.Commits;

/// <summary>The machine's disk.</summary>
sealed class Disk : IDisk
{
    public static Disk OfThisMachine { get; } = new();

    public Stream Create(string file) => new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read);

    public void Sync(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    /// <remarks>Windows has no such call: NTFS keeps a journal of names itself.</remarks>
    public void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = UnixCalls.Open(folder);
        if (handle.IsInvalid)
        {
            throw UnixCalls.LastError(folder);
        }

        // Ignores file systems that have no such call; every other error is thrown.
        RandomAccess.FlushToDisk(handle);
    }

    public void Rename(string file, string target) => File.Move(file, target, overwrite: true);

    /// <remarks>A copy where there are no second names: on Windows, on FAT, and for other people's files.</remarks>
    public void Link(string file, string second)
    {
        if (!OperatingSystem.IsWindows() && UnixCalls.Link(file, second))
        {
            return;
        }

        using FileStream from = File.OpenRead(file);
        using FileStream to = new(second, FileMode.CreateNew, FileAccess.Write);
        from.CopyTo(to);
        to.Flush(flushToDisk: true);
    }

    public void Delete(string file) => File.Delete(file);

    public void MakeFolder(string folder) => Directory.CreateDirectory(folder);

    public void RemoveFolder(string folder) => Directory.Delete(folder);
}
