namespace GpuMargin.ClearingSets;

/// <summary>The input or the settings were refused; nothing was written. Exit code 2 of the program.</summary>
/// <param name="faults">Every fault found, in file order; at least one.</param>
/// <param name="cause">What is behind it, if anything.</param>
public sealed class RefusedInputException(IReadOnlyList<Fault> faults, Exception? cause = null)
    : Exception(string.Join(Environment.NewLine, RefusalReport.Lines(faults)), cause)
{
    /// <summary>Every fault found, in file order.</summary>
    public IReadOnlyList<Fault> Faults { get; } = faults;
}
