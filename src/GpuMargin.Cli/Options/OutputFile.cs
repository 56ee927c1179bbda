using System.CommandLine;
using GpuMargin.ClearingSets;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Options;

/// <summary>The file that <c>scenarios</c> and <c>pnl</c> write.</summary>
static class OutputFile
{
    internal static Option<string> Option() => new("--out") { Description = "CSV file to write", HelpName = "FILE", Required = true };

    /// <summary>Refuses, before anything is computed, a file that cannot be written or that is an input of the set.</summary>
    /// <exception cref="CommandRefusedException">Such a file.</exception>
    internal static void Check(string file, string setFolder, ClearingSet set)
    {
        string path = Path.GetFullPath(file);
        if (Directory.Exists(path) || path.EndsWith(Path.DirectorySeparatorChar))
        {
            throw new CommandRefusedException($"--out: '{file}' is a folder, expected a file");
        }

        if (set.Inputs.Select(input => input.Name).Append(CalibrationRecord.FileName).Any(name => RealPath.Same(Path.Combine(setFolder, name), path)))
        {
            throw new CommandRefusedException($"--out: '{file}' is an input of the clearing set and will not be overwritten");
        }
    }

    /// <summary>The file appears when <paramref name="write"/> has returned, or not at all.</summary>
    internal static T Write<T>(string file, IDisk disk, Func<Stream, T> write, CancellationToken cancellation)
    {
        string path = Path.GetFullPath(file), name = Path.GetFileName(path);
        using var staged = new StagedFiles(Path.GetDirectoryName(path)!, name, [], disk, cancellation);
        T written = write(staged.Create(name));
        staged.Commit(cancellation);
        return written;
    }
}
