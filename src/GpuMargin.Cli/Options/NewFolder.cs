namespace GpuMargin.Cli.Options;

/// <summary>A folder that appears with all its files or not at all.</summary>
static class NewFolder
{
    /// <param name="write">Fills the folder it is given.</param>
    /// <exception cref="CommandRefusedException">There is something at <paramref name="folder"/> already.</exception>
    internal static void Write(string folder, Action<string> write)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target))
            throw new CommandRefusedException($"'{folder}' is a file, expected a new or empty folder");
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new CommandRefusedException($"'{folder}' is not empty, expected a new or empty folder");
        string temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            write(temporary);
            if (Directory.Exists(target))
                Directory.Delete(target);
            Directory.Move(temporary, target);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }
}
