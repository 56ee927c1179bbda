namespace GpuMargin.Files.Commits;

/// <summary>Every change of the disk that a commit is made of; a fault of the disk can be put at each.</summary>
interface IDisk
{
    /// <summary>A new file to write to; its writes are changes too.</summary>
    Stream Create(string file);

    /// <summary>Makes what was written to a stream of <see cref="Create"/> last through a power failure.</summary>
    void Sync(Stream file);

    /// <summary>Makes the names in a folder last through a power failure.</summary>
    void SyncFolder(string folder);

    /// <summary>A new name in one step, over what is there.</summary>
    void Rename(string file, string target);

    /// <summary>A second name of a file, which keeps its content when the first is renamed over.</summary>
    void Link(string file, string second);

    void Delete(string file);

    void MakeFolder(string folder);

    /// <summary>An empty one.</summary>
    void RemoveFolder(string folder);
}
