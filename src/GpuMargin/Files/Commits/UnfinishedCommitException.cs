namespace GpuMargin.Files.Commits;

/// <summary>The disk failed during a commit and again when the old files were put back.</summary>
sealed class UnfinishedCommitException(Staging staging, Exception problem) : IOException(
    $"{problem.Message} '{staging.Folder}' has old and new files; the next command that uses it {(File.Exists(staging.Forward) ? "puts the new ones in place" : "puts the old ones back")}.",
    problem);
