using GpuMargin.Files.Commits;
using Xunit;

namespace GpuMargin.Tests.Files.Commits;

enum DiskFault
{
    None,

    /// <summary>The process ends before the change.</summary>
    Kill,

    /// <summary>The process ends right after the change, or in the middle of a write.</summary>
    KillAfter,

    /// <summary>One change fails.</summary>
    ErrorOnce,

    /// <summary>A change fails, and so does every later one.</summary>
    ErrorForever,

    /// <summary>The disk is full at one change: of a write only half arrives.</summary>
    FullOnce,
}

/// <summary>The end of the process; the product must not know it.</summary>
sealed class KilledException : Exception;

/// <summary>The machine's disk with a fault at the n-th change, counted from 1. Syncs count and fail, but wait for no platter.</summary>
sealed class FaultyDisk(DiskFault fault = DiskFault.None, int at = 0) : IDisk
{
    const int IoError = 5, NoSpace = 28;

    readonly Lock gate = new();
    bool dead;

    internal int Changes { get; private set; }

    public Stream Create(string file)
    {
        Stream? inner = null;
        Change(() => inner = Disk.OfThisMachine.Create(file));
        return new FaultyStream(this, inner!);
    }

    public void Sync(Stream file) => Change(file.Flush);

    public void SyncFolder(string folder) => Change(() => Assert.True(Directory.Exists(folder)));

    public void Rename(string file, string target) => Change(() => Disk.OfThisMachine.Rename(file, target));

    public void Link(string file, string second) => Change(() => Disk.OfThisMachine.Link(file, second));

    public void Delete(string file) => Change(() => Disk.OfThisMachine.Delete(file));

    public void MakeFolder(string folder) => Change(() => Disk.OfThisMachine.MakeFolder(folder));

    public void RemoveFolder(string folder) => Change(() => Disk.OfThisMachine.RemoveFolder(folder));

    void Change(Action change, Action? half = null)
    {
        lock (gate)
        {
            Changes++;
            if (dead)
            {
                throw new KilledException();
            }

            bool now = Changes == at || (Changes > at && fault == DiskFault.ErrorForever);
            if (!now || fault == DiskFault.None)
            {
                change();
                return;
            }

            if (fault is DiskFault.Kill or DiskFault.KillAfter)
            {
                dead = true;
                if (fault == DiskFault.KillAfter)
                {
                    (half ?? change)();
                }

                throw new KilledException();
            }

            if (fault == DiskFault.FullOnce)
            {
                half?.Invoke();
            }

            throw fault == DiskFault.FullOnce ? new IOException("No space left on device", NoSpace) : new IOException("Input/output error", IoError);
        }
    }

    sealed class FaultyStream(FaultyDisk disk, Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => disk.Change(() => Through(buffer, offset, count), () => Through(buffer, offset, count / 2));

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }

        void Through(byte[] buffer, int offset, int count)
        {
            inner.Write(buffer, offset, count);
            inner.Flush();
        }
    }
}
