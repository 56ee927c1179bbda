using GpuMargin.Files.Commits;

namespace GpuMargin.Files;

/// <summary>A file that ends: no pipe and no device, which may wait for ever, never end or be changed by reading.</summary>
static class PlainFile
{
    /// <summary>Its bytes.</summary>
    /// <exception cref="IOException">It is a pipe, a socket or a device, which is told without opening it; or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static byte[] Read(string path) => IsSpecial(path)
        ? throw new IOException($"'{path}' is a pipe, a socket or a device, not a file.")
        : File.ReadAllBytes(path);

    /// <remarks>Other systems than Linux have their devices in one folder.</remarks>
    public static bool IsSpecial(string path) => OperatingSystem.IsLinux() ? UnixCalls.IsSpecial(Path.GetFullPath(path))
        : !OperatingSystem.IsWindows() && RealPath.Of(path).StartsWith("/dev/", StringComparison.Ordinal);
}
