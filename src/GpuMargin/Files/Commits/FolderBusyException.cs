namespace GpuMargin.Files.Commits;

/// <summary>Another process kept a folder locked for longer than is waited.</summary>
sealed class FolderBusyException(string folder) : IOException(
    FormattableString.Invariant($"'{folder}' is in use by {Holder(folder)}; waited {FolderLock.Patience.TotalSeconds} s."))
{
    static string Holder(string folder)
    {
        try
        {
            string[] holders = [.. Staging.In(folder).Select(staging => File.ReadAllText(staging.Holder)).Where(text => text.Length > 0)];
            return holders.Length > 0 ? string.Join(" and ", holders) : "another process";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
