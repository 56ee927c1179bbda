using System.Collections.Concurrent;

namespace GpuMargin.ClearingSets.Reading;

/// <summary>Files of the clearing set; keeps the fingerprint of each one that was read.</summary>
sealed class ClearingSetFolder
{
    readonly string folder;
    readonly FaultList faults;
    readonly ConcurrentBag<SourceFile> opened = [];

    /// <exception cref="RefusedInputException">The folder is missing: nothing else can be said.</exception>
    public ClearingSetFolder(string folder, FaultList faults)
    {
        this.folder = folder;
        this.faults = faults;
        if (!Directory.Exists(folder))
        {
            faults.Add(folder.Length == 0 ? "clearing set" : folder, null, null, null, "a folder with a clearing set (run.json, factors.csv, instruments.csv, positions.csv, …); there is no such folder");
            faults.ThrowIfAny();
        }

        // Ignored silently, these would give a wrong margin.
        RefuseIfThere("accounts.csv", "a set without this file (this version does not read netting sets, and margins that ignored them would be wrong)");
        RefuseIfThere("policy.json", "a set without this file (this version does not read a margin policy, and margins that ignored it would be wrong)");
    }

    /// <summary>Ordered by name.</summary>
    public IReadOnlyList<InputFile> Inputs => [.. opened.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => file.Input)];

    public bool Has(string name) => SourceFile.Exists(folder, name);

    /// <param name="purpose">What the file holds, as a phrase that continues "expected …".</param>
    /// <returns><see langword="null"/> after a fault.</returns>
    public SourceFile? Open(string name, string purpose) => Open(name, purpose, faults);

    /// <summary>For files that are read at the same time, each with faults of its own.</summary>
    /// <inheritdoc cref="Open(string, string)"/>
    public SourceFile? Open(string name, string purpose, FaultList itsFaults)
    {
        SourceFile? file = SourceFile.Open(folder, name, purpose, itsFaults);
        if (file is not null)
        {
            opened.Add(file);
        }

        return file;
    }

    /// <summary>For a file whose contents cannot be judged: faults of its encoding are still found.</summary>
    public void OpenIfThere(string name, string purpose)
    {
        if (Has(name))
        {
            Open(name, purpose);
        }
    }

    void RefuseIfThere(string name, string expected)
    {
        if (Has(name))
        {
            faults.Add(name, null, null, null, expected);
        }
    }
}
