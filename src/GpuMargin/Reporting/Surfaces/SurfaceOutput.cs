using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Files;
using GpuMargin.Files.Commits;
using GpuMargin.Quotes;

namespace GpuMargin.Reporting.Surfaces;

/// <summary>What surfaces from quotes write into a clearing set, all or none: surfaces, smiles, pivots, a picture per expiry and the history of pivots.</summary>
sealed class SurfaceOutput : IDisposable
{
    readonly string folder;
    readonly StagedFiles files;

    /// <inheritdoc cref="RunOutput(string, IDisk?, CancellationToken)"/>
    public SurfaceOutput(string folder, IDisk? disk = null, CancellationToken cancellation = default)
    {
        this.folder = folder;
        files = new StagedFiles(folder, SurfaceFiles.Surfaces, FileNames, disk, cancellation);
    }

    /// <summary>The files beside the pictures.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [SurfaceFiles.Surfaces, SurfaceFiles.Smiles, SurfaceFiles.Pivots, SurfaceFiles.History];

    /// <returns>Names of the files.</returns>
    /// <exception cref="RefusedInputException">There is a history.csv with columns that would be lost.</exception>
    /// <exception cref="OperationCanceledException">Nothing new is left and earlier files are untouched.</exception>
    /// <exception cref="IOException">As for cancellation.</exception>
    public IReadOnlyList<string> Write(QuoteDays quotes, SurfaceDynamics dynamics, CancellationToken cancellation = default)
    {
        FittedSurface[] last = [.. quotes.Surfaces.Select(days => days[^1])];
        string[] names = [.. last.Select(surface => surface.Day.Underlying)];
        List<(string Name, byte[] Bytes)> contents = [(SurfaceFiles.Smiles, SurfaceFiles.OfSmiles(last)), (SurfaceFiles.Pivots, SurfaceFiles.OfPivots(names, dynamics))];
        if (quotes.IsHistory)
        {
            CheckHistory(SurfaceFiles.HistoryColumns(names, dynamics));
            contents.Add((SurfaceFiles.History, SurfaceFiles.OfHistory(quotes.Surfaces, dynamics)));
        }

        HashSet<string> pictures = new(StringComparer.OrdinalIgnoreCase);
        foreach (FittedSurface surface in last)
        {
            contents.AddRange(surface.Smiles.Select(smile => (Picture(surface.Day.Underlying, smile, pictures), SmileChart.ToBytes(surface.Day.Underlying, smile))));
        }

        contents.Add((SurfaceFiles.Surfaces, SurfaceFiles.OfSurfaces(names, dynamics)));
        foreach ((string name, byte[] bytes) in contents)
        {
            files.Write(name, bytes);
        }

        files.Commit(cancellation);
        return [.. contents.Select(file => file.Name)];
    }

    public void Dispose() => files.Dispose();

    // A history of other prices is not this command's to replace.
    void CheckHistory(string[] columns)
    {
        string path = Path.Combine(folder, SurfaceFiles.History);
        if (!File.Exists(path))
        {
            return;
        }

        FaultList faults = new();
        using CsvTable? table = SourceFile.Open(path, SurfaceFiles.History, "a history", faults) is { } file ? CsvTable.Open(file, faults) : null;
        if (table?.Headers.FirstOrDefault(column => !columns.Contains(column) && !column.Contains(".vol.", StringComparison.Ordinal)) is { } other)
        {
            faults.Add(SurfaceFiles.History, table.HeaderLine, other, other, $"no other column than {string.Join(", ", columns)}: the file would be replaced (write to another folder)");
        }

        faults.ThrowIfAny();
    }

    static string Picture(string surface, FittedSmile smile, HashSet<string> taken)
    {
        string plain = new([.. surface.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_')]);
        string day = smile.Quotes.Expiry.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), name = $"smile-{plain}-{day}.svg";
        for (int again = 2; !taken.Add(name); again++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"smile-{plain}-{day}-{again}.svg");
        }

        return name;
    }
}
