using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Changes;
using GpuMargin.Files;
using GpuMargin.Margin.Components;

namespace GpuMargin;

/// <summary>Clearing sets as folders of files.</summary>
public static class ClearingSetFiles
{
    /// <param name="folder">Folder with run.json, factors.csv and the other files of the set.</param>
    /// <param name="overrides">Command-line options; they keep to the ranges of the keys that they override.</param>
    /// <param name="factored">Told the share of each factorisation of correlation.csv that is done, from any thread: a repair makes several.</param>
    /// <exception cref="RefusedInputException">The set or an option is faulty; lists every fault of every file.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ClearingSet Read(string folder, RunOverrides? overrides = null, IProgress<double>? factored = null, CancellationToken cancellation = default) =>
        ClearingSetReader.Read(folder, MarginComponents.Sections, overrides, factored, cancellation);

    /// <summary>All files or none: they are written to a folder beside the target, which then takes its name.</summary>
    /// <param name="set">Numbers are written with the digits that read back to the same bits; expiries as AsOf + years · 365 days, rounded to whole seconds after AsOf.</param>
    /// <param name="folder">Does not exist yet, or is empty.</param>
    /// <exception cref="RefusedInputException">The folder holds something, or a file has its name.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; nothing is left.</exception>
    public static void Write(ClearingSet set, string folder, CancellationToken cancellation = default) =>
        ClearingSetWriter.Write(set, folder, MarginComponents.Sections, cancellation);

    /// <summary>Trades of a CSV file with the columns account, instrument and quantity.</summary>
    /// <exception cref="RefusedInputException">The file is missing or faulty; lists every fault.</exception>
    public static IReadOnlyList<Trade> ReadTrades(string file) => ChangeReader.Trades(file);

    /// <summary>The JSON schema of policy.json (draft 2020-12), UTF-8: keys, ranges, defaults and sources.</summary>
    public static byte[] PolicySchema() => Files.Policy.PolicySchema.ToBytes(MarginComponents.Sections);
}
