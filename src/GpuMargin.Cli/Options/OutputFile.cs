using System.CommandLine;
using GpuMargin.ClearingSets;
using GpuMargin.Files.Commits;
using GpuMargin.Reporting;

namespace GpuMargin.Cli.Options;

/// <summary>The one file that <c>scenarios</c>, <c>pnl</c> and <c>report</c> write.</summary>
static class OutputFile
{
    internal static Option<string> Option(string description = "CSV file to write") => new("--out") { Description = description, HelpName = "FILE", Required = true };

    /// <summary>Refuses, before anything is computed, a file that cannot be written or that is an input of the set.</summary>
    /// <exception cref="CommandRefusedException">Such a file.</exception>
    internal static void Check(string file, string setFolder, ClearingSet set)
    {
        if (Reads(file, set.Inputs.Select(input => input.Name).Append(CalibrationRecord.FileName).Select(name => Path.Combine(setFolder, name))))
        {
            throw new CommandRefusedException($"--out: '{file}' is an input of the clearing set and will not be overwritten");
        }
    }

    /// <summary>Refuses a file that cannot be written or that is one of those read.</summary>
    /// <exception cref="CommandRefusedException">Such a file.</exception>
    internal static void Check(string file, IEnumerable<string> read)
    {
        if (Reads(file, read))
        {
            throw new CommandRefusedException($"--out: '{file}' is a file that the command reads and will not be overwritten");
        }
    }

    static bool Reads(string file, IEnumerable<string> read)
    {
        string path = Path.GetFullPath(file);
        return Directory.Exists(path) || path.EndsWith(Path.DirectorySeparatorChar)
            ? throw new CommandRefusedException($"--out: '{file}' is a folder, expected a file")
            : read.Any(name => RealPath.Same(name, path));
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
