using GpuMargin.ClearingSets;

namespace GpuMargin.Cli.Commands;

/// <summary>The clearing set of a recorded run, for computing what the run did not write.</summary>
/// <param name="Set"><see langword="null"/>: it cannot be had, or its files are not those of the run.</param>
/// <param name="Missing">Where it was expected, and why it cannot be had.</param>
/// <param name="Reason">The same without places, for those who are elsewhere.</param>
sealed record RecordedSet(ClearingSet? Set, string Missing = "", string Reason = "")
{
    /// <param name="folder">Of the record.</param>
    /// <param name="purpose">What the set is for: an option, a part of a page.</param>
    public static RecordedSet Of(RecordedRun run, string folder, string purpose, CancellationToken cancellation)
    {
        string setFolder = Folder(run, folder);
        return !Directory.Exists(setFolder)
            ? new RecordedSet(null, $"{folder}: the clearing set '{run.Record.ClearingSet}' is not there, expected it for {purpose}", "the clearing set is not there")
            : run.ChangedInputs(setFolder, cancellation).FirstOrDefault() is { } changed
            ? new RecordedSet(null, $"{setFolder}: expected the files of the run for {purpose}; {changed}", changed)
            : new RecordedSet(ClearingSetFiles.Read(setFolder, Repetition.Overrides(run.Record), cancellation: cancellation));
    }

    /// <param name="folder">Of the record.</param>
    public static string Folder(RecordedRun run, string folder) => Path.GetFullPath(Path.Combine(folder, run.Record.ClearingSet));
}
