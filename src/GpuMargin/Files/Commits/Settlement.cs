using System.Security.Cryptography;

namespace GpuMargin.Files.Commits;

/// <summary>The way of a commit to its end: all new files, or all old ones. Every step may be repeated after a kill.</summary>
/// <remarks>The caller has the exclusive lock of the folder.</remarks>
static class Settlement
{
    /// <summary>Renames the new files into their places, in the order of the journal.</summary>
    public static void GoForward(IDisk disk, Staging staging, Journal journal)
    {
        foreach (JournalEntry entry in journal.Entries)
        {
            string target = staging.Target(entry.Name);
            if (entry.Sha256 is null)
            {
                disk.Delete(target);
            }
            else if (File.Exists(staging.New(entry.Name)))
            {
                disk.Rename(staging.New(entry.Name), target);
            }
        }

        disk.SyncFolder(staging.Folder);
    }

    /// <summary>Puts the old files back, the last that changed first.</summary>
    public static void GoBack(IDisk disk, Staging staging, Journal journal)
    {
        // From here on a kill ends with the old files, not with the new.
        if (File.Exists(staging.Forward))
        {
            disk.Rename(staging.Forward, staging.Back);
        }

        foreach (JournalEntry entry in journal.Entries.Reverse())
        {
            string target = staging.Target(entry.Name);
            if (entry.Replaces && File.Exists(staging.Old(entry.Name)))
            {
                disk.Rename(staging.Old(entry.Name), target);
            }
            else if (!entry.Replaces && !File.Exists(staging.New(entry.Name)) && File.Exists(target))
            {
                disk.Delete(target);
            }
        }

        disk.SyncFolder(staging.Folder);
    }

    /// <summary>Ends what a process that is gone has left.</summary>
    public static void Settle(IDisk disk, Staging staging)
    {
        if (Journal.Read(staging.Back) is { } back)
        {
            GoBack(disk, staging, back);
        }
        else if (Journal.Read(staging.Forward) is { } forward)
        {
            try
            {
                RequireWhole(staging, forward);
                GoForward(disk, staging, forward);
            }
            catch (Exception problem) when ((problem is IOException or UnauthorizedAccessException) && HasNew(staging, forward))
            {
                GoBack(disk, staging, forward);
            }
        }

        Clear(disk, staging);
    }

    /// <summary>Removes a staging folder whose files are not needed: the journal first.</summary>
    public static void Clear(IDisk disk, Staging staging)
    {
        foreach (string journal in (string[])[staging.Forward, staging.Back])
        {
            if (File.Exists(journal))
            {
                disk.Delete(journal);
            }
        }

        if (Directory.Exists(staging.Path))
        {
            foreach (string file in Directory.GetFiles(staging.Path))
            {
                disk.Delete(file);
            }

            disk.RemoveFolder(staging.Path);
        }
    }

    /// <summary>Where a reader finds a file of a commit that is on its way; <see langword="null"/>: nowhere, it is not there.</summary>
    public static Dictionary<string, string?> Places(Staging staging)
    {
        Journal? back = Journal.Read(staging.Back), forward = back is null ? Journal.Read(staging.Forward) : null;
        bool whole = forward is not null && IsWhole(staging, forward);
        Dictionary<string, string?> places = new(StringComparer.Ordinal);
        foreach (JournalEntry entry in (back ?? forward)?.Entries ?? [])
        {
            string waiting = whole ? staging.New(entry.Name) : staging.Old(entry.Name);
            places[entry.Name] = (whole ? entry.Sha256 is null : !entry.Replaces) ? null
                : File.Exists(waiting) ? waiting
                : staging.Target(entry.Name);
        }

        return places;
    }

    // Without one the commit was complete, and may have been reported.
    static bool HasNew(Staging staging, Journal journal) => journal.Entries.Any(entry => File.Exists(staging.New(entry.Name)));

    static void RequireWhole(Staging staging, Journal journal)
    {
        if (!IsWhole(staging, journal))
        {
            throw new IOException($"'{staging.Path}' has files that are not those of its journal.");
        }
    }

    // What is not there any more is in its place.
    static bool IsWhole(Staging staging, Journal journal) => journal.Entries.All(entry =>
        entry.Sha256 is null || !File.Exists(staging.New(entry.Name)) || Hash(staging.New(entry.Name)) == entry.Sha256);

    static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
