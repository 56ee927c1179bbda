using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>What a convergence study writes: convergence.csv and convergence.svg, both or neither.</summary>
static class ConvergenceOutput
{
    /// <param name="accounts">Names of the accounts studied.</param>
    /// <param name="title">Of the picture.</param>
    /// <exception cref="OperationCanceledException">Nothing new is left and earlier output is untouched.</exception>
    /// <exception cref="IOException">As for cancellation.</exception>
    public static void Write(
        string folder, IReadOnlyList<ConvergenceMethod> methods, IReadOnlyList<string> accounts, string title, CancellationToken cancellation = default)
    {
        using var files = new StagedFiles(folder);
        files.Create(ConvergenceCsv.FileName).Write(ConvergenceCsv.ToBytes(methods, accounts));
        files.Create(ConvergencePicture.FileName).Write(ConvergencePicture.ToBytes(methods, title));
        cancellation.ThrowIfCancellationRequested();
        files.Commit();
    }

    /// <inheritdoc cref="RunOutput.CheckWritable"/>
    public static void CheckWritable(string folder)
    {
        using var files = new StagedFiles(folder);
        files.Create(ConvergenceCsv.FileName);
        files.Create(ConvergencePicture.FileName);
    }
}
