using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Files;
using GpuMargin.Files.Mapping;
using GpuMargin.Numerics;

namespace GpuMargin.Quotes;

/// <summary>Surfaces of a file of quotes, or of a folder with a file per day.</summary>
/// <param name="Surfaces">Per underlying of the last day, its days in order of time.</param>
/// <param name="IsHistory">They come from a folder.</param>
sealed record QuoteDays(IReadOnlyList<IReadOnlyList<FittedSurface>> Surfaces, bool IsHistory)
{
    /// <param name="path">File or folder.</param>
    /// <param name="underlyings">Those that are wanted; none: all.</param>
    /// <exception cref="RefusedInputException">A file is faulty, days are repeated, or a surface has no smile.</exception>
    public static QuoteDays Read(string path, ColumnMapping mapping, IReadOnlyCollection<string> underlyings, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        bool isHistory = Directory.Exists(path);
        string[] files = isHistory ? [.. Directory.GetFiles(path).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)] : [path];
        FaultList faults = new();
        if (files.Length == 0)
        {
            faults.Add(Path.GetFileName(Path.GetFullPath(path)), null, null, null, "a file of quotes per day (the folder is empty)");
            faults.ThrowIfAny();
        }

        int read = 0;
        IReadOnlyList<FittedSurface>[] days = new IReadOnlyList<FittedSurface>[files.Length];
        SideBySide.For(files.Length, i =>
        {
            QuoteDay[] wanted = [.. QuoteReader.Read(files[i], mapping).Where(day => underlyings.Count == 0 || underlyings.Contains(day.Underlying))];
            FittedSurface[] fitted = new FittedSurface[wanted.Length];
            SideBySide.For(fitted.Length, k => fitted[k] = FittedSurface.Of(wanted[k], cancellation), cancellation: cancellation);
            days[i] = fitted;
            progress?.Report((double)Interlocked.Increment(ref read) / files.Length);
        }, cancellation: cancellation);
        FittedSurface[] all = [.. days.SelectMany(day => day).OrderBy(surface => surface.Day.Time)];
        foreach (string missing in underlyings.Where(name => all.All(surface => surface.Day.Underlying != name)))
        {
            faults.Add(Path.GetFileName(Path.GetFullPath(path)), null, null, null, $"quotes of '{missing}'");
        }

        foreach (FittedSurface surface in all.Where(surface => surface.Smiles.Count == 0))
        {
            string reason = surface.Left.Count == 0 ? "every expiry has passed" : surface.Left[0].Reason;
            faults.Add(surface.Day.File, null, null, null, $"an expiry of '{surface.Day.Underlying}' that a smile can be fitted to ({reason})");
        }

        IReadOnlyList<FittedSurface>[] surfaces = [.. all.GroupBy(surface => surface.Day.Underlying).Select(group => group.ToArray())];
        foreach (IReadOnlyList<FittedSurface> surface in surfaces)
        {
            Check(surface, faults);
        }

        faults.ThrowIfAny();
        return new QuoteDays(surfaces, isHistory);
    }

    static void Check(IReadOnlyList<FittedSurface> days, FaultList faults)
    {
        for (int day = 1; day < days.Count; day++)
        {
            if (days[day].Day.Time.Date == days[day - 1].Day.Time.Date)
            {
                faults.Add(
                    days[day].Day.File, null, null, days[day].Day.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    $"a day that no other file has ('{days[day - 1].Day.File}' has it for '{days[day].Day.Underlying}')");
            }
        }
    }
}
