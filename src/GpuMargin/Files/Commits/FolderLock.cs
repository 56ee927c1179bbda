using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GpuMargin.Files.Commits;

/// <summary>A lock of the operating system on a folder. It ends with the process, however that ends, and leaves no file.</summary>
/// <remarks>
/// On Unix the folder itself is locked (flock), which a reader may do where it may not write. On Windows, where folders have no locks, a file
/// named by the folder's path is locked below the common application data. A file system without locks gives every lock.
/// </remarks>
sealed class FolderLock : IDisposable
{
    /// <summary>How long a lock is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    readonly SafeFileHandle? handle;

    FolderLock(SafeFileHandle? handle) => this.handle = handle;

    /// <returns><see langword="null"/>: another has it.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static FolderLock? TryTake(string folder, bool shared) =>
        OperatingSystem.IsWindows() ? OnWindows(folder, shared) : OnUnix(folder, shared);

    /// <returns><see langword="null"/>: another had it until the end of <see cref="Patience"/>.</returns>
    /// <inheritdoc cref="TryTake"/>
    public static FolderLock? Take(string folder, bool shared, CancellationToken cancellation) => Wait(() => TryTake(folder, shared), cancellation);

    /// <summary>Tries until there is a result, at least once and no longer than <see cref="Patience"/>.</summary>
    internal static T? Wait<T>(Func<T?> attempt, CancellationToken cancellation)
        where T : class
    {
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        T? result;
        while ((result = attempt()) is null && Environment.TickCount64 < end)
        {
            cancellation.ThrowIfCancellationRequested();
            Thread.Sleep(s_pause);
        }

        return result;
    }

    static FolderLock? OnUnix(string folder, bool shared)
    {
        // What the system makes of 'link/..' is another folder than what .NET reads there.
        string full = Path.GetFullPath(folder);
        while (true)
        {
            SafeFileHandle handle = UnixCalls.Open(full);
            if (handle.IsInvalid)
            {
                IOException error = UnixCalls.LastError(folder);
                handle.Dispose();
                return error is DirectoryNotFoundException ? throw error : new FolderLock(null);
            }

            if (!UnixCalls.TryLock(handle, shared))
            {
                handle.Dispose();
                return null;
            }

            if (!IsDeleted(handle))
            {
                return new FolderLock(handle);
            }

            // Another process removed it, and perhaps made another of that name, between the two calls.
            handle.Dispose();
        }
    }

    static bool IsDeleted(SafeFileHandle handle) => OperatingSystem.IsLinux()
        && new FileInfo(FormattableString.Invariant($"/proc/self/fd/{handle.DangerousGetHandle()}")).LinkTarget is { } target
        && target.EndsWith(" (deleted)", StringComparison.Ordinal);

    static FolderLock? OnWindows(string folder, bool shared)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"'{folder}' is not there.");
        }

        byte[] name = Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(RealPath.Of(folder)).ToUpperInvariant());
        string locks = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "gpumargin", "locks");
        Directory.CreateDirectory(locks);
        try
        {
            return new FolderLock(File.OpenHandle(
                Path.Combine(locks, Convert.ToHexStringLower(SHA256.HashData(name))), FileMode.OpenOrCreate, FileAccess.Read, shared ? FileShare.Read : FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <remarks>A process that another thread has just started has a copy of the handle until its program begins, and closing leaves it the lock.</remarks>
    public void Dispose()
    {
        if (handle is not null && !OperatingSystem.IsWindows())
        {
            UnixCalls.Unlock(handle);
        }

        handle?.Dispose();
    }
}
