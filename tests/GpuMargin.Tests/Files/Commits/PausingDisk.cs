using GpuMargin.Files.Commits;

namespace GpuMargin.Tests.Files.Commits;

/// <summary>A disk that stops its process before the n-th change, or the next that is no write, until it is let go.</summary>
sealed class PausingDisk(int at) : IDisk, IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly FaultyDisk disk = new();
    readonly ManualResetEventSlim reached = new(), go = new();

    internal void WaitUntilReached() => Require(reached.Wait(s_patience));

    internal void LetGo() => go.Set();

    public Stream Create(string file) => Change(() => disk.Create(file));

    public void Sync(Stream file) => Change(() => disk.Sync(file));

    public void SyncFolder(string folder) => Change(() => disk.SyncFolder(folder));

    public void Rename(string file, string target) => Change(() => disk.Rename(file, target));

    public void Link(string file, string second) => Change(() => disk.Link(file, second));

    public void Delete(string file) => Change(() => disk.Delete(file));

    public void MakeFolder(string folder) => Change(() => disk.MakeFolder(folder));

    public void RemoveFolder(string folder) => Change(() => disk.RemoveFolder(folder));

    public void Dispose()
    {
        reached.Dispose();
        go.Dispose();
    }

    void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    T Change<T>(Func<T> change)
    {
        if (disk.Changes + 1 >= at)
        {
            reached.Set();
            Require(go.Wait(s_patience));
        }

        return change();
    }

    static void Require(bool inTime)
    {
        if (!inTime)
        {
            throw new TimeoutException();
        }
    }
}
