namespace GpuMargin.Files.Commits;

/// <summary>What processes that were killed have left in a folder.</summary>
static class Leftovers
{
    /// <summary>Whether there are any.</summary>
    public static bool AreIn(string folder)
    {
        try
        {
            return Staging.In(folder).Any(IsLeft);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Completes or undoes their commits and removes the rest. The caller has the exclusive lock of the folder.</summary>
    /// <exception cref="IOException">The disk failed, or may only be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Settle(IDisk disk, string folder)
    {
        foreach (Staging staging in Staging.In(folder))
        {
            try
            {
                using FolderLock? own = FolderLock.TryTake(staging.Path, shared: false);
                if (own is not null)
                {
                    Settlement.Settle(disk, staging);
                }
            }
            catch (DirectoryNotFoundException)
            {
                // Its writer was alive and has ended meanwhile.
            }
        }
    }

    static bool IsLeft(Staging staging)
    {
        try
        {
            using FolderLock? free = FolderLock.TryTake(staging.Path, shared: true);
            return free is not null;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }
}
