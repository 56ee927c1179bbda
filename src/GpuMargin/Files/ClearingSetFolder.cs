using GpuMargin.ClearingSets;
using GpuMargin.Files.Commits;

namespace GpuMargin.Files;

/// <summary>Files of the clearing set; keeps the fingerprint of each one that was read. Until disposal no commit changes them.</summary>
sealed class ClearingSetFolder : IDisposable
{
    readonly string folder;
    readonly FaultList faults;
    readonly List<SourceFile> opened = []; // not a concurrent bag, whose threads keep what was in it: a file of positions is tens of megabytes
    readonly Lock opening = new();
    readonly Dictionary<string, SettledFolder> settled = new(StringComparer.Ordinal);
    readonly CancellationToken cancellation;

    /// <exception cref="RefusedInputException">The folder is missing: nothing else can be said.</exception>
    /// <exception cref="FolderBusyException">A writer of the folder did not end in time.</exception>
    public ClearingSetFolder(string folder, FaultList faults, CancellationToken cancellation)
    {
        this.folder = folder;
        this.faults = faults;
        this.cancellation = cancellation;
        if (!Directory.Exists(folder))
        {
            faults.Add(folder.Length == 0 ? "clearing set" : folder, null, null, null, "a folder with a clearing set (run.json, factors.csv, instruments.csv, positions.csv, …); there is no such folder");
            faults.ThrowIfAny();
        }

        Settled("");
    }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<InputFile> Inputs => [.. opened.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => file.Input)];

    public bool Has(string name) => Settled(Path.GetDirectoryName(name)!).Has(Path.GetFileName(name));

    /// <summary>A file that was opened; <see langword="null"/>: none was.</summary>
    public InputFile? InputOf(string name) => opened.Find(file => file.Name == name)?.Input;

    /// <summary>A file that is no input.</summary>
    public byte[] Read(string name) => Settled(Path.GetDirectoryName(name)!).Read(Path.GetFileName(name));

    public bool HasFolder(string name) => Directory.Exists(Path.Combine(folder, name));

    /// <param name="purpose">What the file holds, as a phrase that continues "expected …".</param>
    /// <returns><see langword="null"/> after a fault.</returns>
    public SourceFile? Open(string name, string purpose) => Open(name, purpose, faults);

    /// <summary>A file that is read beside others, with faults of its own.</summary>
    /// <inheritdoc cref="Open(string, string)"/>
    public SourceFile? Open(string name, string purpose, FaultList itsFaults)
    {
        SourceFile? file = SourceFile.Open(Settled(Path.GetDirectoryName(name)!).PathOf(Path.GetFileName(name)), name, purpose, itsFaults);
        if (file is not null)
        {
            lock (opening)
            {
                opened.Add(file);
            }
        }

        return file;
    }

    /// <summary>Reading of a file whose contents cannot be judged: faults of its encoding are still found.</summary>
    public void OpenIfThere(string name, string purpose)
    {
        if (Has(name))
        {
            Open(name, purpose);
        }
    }

    public void Dispose()
    {
        foreach (SettledFolder part in settled.Values)
        {
            part.Dispose();
        }
    }

    // The set's folder or one in it.
    SettledFolder Settled(string part)
    {
        lock (settled)
        {
            if (!settled.TryGetValue(part, out SettledFolder? found))
            {
                settled[part] = found = SettledFolder.Open(Path.Combine(folder, part), cancellation);
            }

            return found;
        }
    }
}
