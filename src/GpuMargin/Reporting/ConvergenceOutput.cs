using GpuMargin.Files.Commits;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>What a convergence study writes: convergence.csv and convergence.svg, both or neither.</summary>
sealed class ConvergenceOutput : IDisposable
{
    readonly StagedFiles files;

    /// <inheritdoc cref="RunOutput(string, IDisk?, CancellationToken)"/>
    public ConvergenceOutput(string folder, IDisk? disk = null, CancellationToken cancellation = default) =>
        files = new StagedFiles(folder, ConvergenceCsv.FileName, [ConvergencePicture.FileName], disk, cancellation);

    /// <param name="accounts">Names of the accounts studied.</param>
    /// <param name="title">Of the picture.</param>
    /// <param name="spreadsheetSafe">See <see cref="CsvDialect.Name"/>.</param>
    /// <exception cref="OperationCanceledException">Nothing new is left and earlier output is untouched.</exception>
    /// <exception cref="IOException">As for cancellation.</exception>
    public void Write(IReadOnlyList<ConvergenceMethod> methods, IReadOnlyList<string> accounts, string title, bool spreadsheetSafe = false, CancellationToken cancellation = default)
    {
        files.Write(ConvergencePicture.FileName, ConvergencePicture.ToBytes(methods, title));
        files.Write(ConvergenceCsv.FileName, ConvergenceCsv.ToBytes(methods, [.. accounts.Select(account => CsvDialect.Name(account, spreadsheetSafe))]));
        files.Commit(cancellation);
    }

    public void Dispose() => files.Dispose();
}
