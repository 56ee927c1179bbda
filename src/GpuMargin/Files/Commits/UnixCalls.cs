using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GpuMargin.Files.Commits;

/// <summary>Calls of Unix that .NET has no methods for: opening a folder, locking it, giving a file a second name, telling what it is.</summary>
static partial class UnixCalls
{
    const int Shared = 1, Exclusive = 2, AtOnce = 4, Release = 8;

    const int CurrentFolder = -100;

    const uint TypeOnly = 1;

    const int TypeBits = 0xF000, RegularFile = 0x8000, Folder = 0x4000;

    /// <summary>EINTR, the same number on Linux, macOS and FreeBSD.</summary>
    const int Interrupted = 4;

    /// <summary>EAGAIN, which flock gives for a lock that another has.</summary>
    static int WouldBlock => OperatingSystem.IsLinux() ? 11 : 35;

    // O_RDONLY is 0. A process started by this one must not keep the folder locked.
    static int CloseOnExec => OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : 0x100000;

    /// <returns>A handle that is invalid when the folder cannot be opened; <see cref="LastError"/> says why.</returns>
    internal static SafeFileHandle Open(string folder) => new(Open(folder, CloseOnExec), ownsHandle: true);

    /// <returns><see langword="false"/>: another has a lock that excludes this one. A file system without locks gives <see langword="true"/>.</returns>
    internal static bool TryLock(SafeFileHandle folder, bool shared)
    {
        int result;
        do
        {
            result = Lock(folder, (shared ? Shared : Exclusive) | AtOnce);
        }
        while (result != 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return result == 0 || Marshal.GetLastPInvokeError() != WouldBlock;
    }

    /// <summary>Ends a lock, also for copies of the handle.</summary>
    internal static void Unlock(SafeFileHandle folder) => Lock(folder, Release);

    internal static bool Link(string file, string second) => LinkCall(file, second) == 0;

    internal static IOException LastError(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        string message = $"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'";
        return error == 2 ? new DirectoryNotFoundException(message) : new IOException(message, error);
    }

    /// <summary>Whether a path, after its links, names neither a file nor a folder. On Linux.</summary>
    internal static bool IsSpecial(string path) =>
        Status(CurrentFolder, path, 0, TypeOnly, out FileStatus status) == 0 && (status.Mode & TypeBits) is not (RegularFile or Folder);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint wanted, out FileStatus status);

    /// <summary>struct statx, alike on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct FileStatus
    {
        [FieldOffset(28)]
        public ushort Mode;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle handle, int operation);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkCall(string file, string second);
}
