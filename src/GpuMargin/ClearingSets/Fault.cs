namespace GpuMargin.ClearingSets;

/// <summary>One thing wrong with the input: where it is, what was found, what was expected.</summary>
/// <param name="File">File name relative to the clearing set, forward slashes; <see cref="Settings"/> where a setting of the caller is at fault, which other faults mention as <c>settings.Name</c>.</param>
/// <param name="Line">1-based physical line; <see langword="null"/> when the fault is the whole file's.</param>
/// <param name="Column">CSV column, JSON path or property, as it is shown; <see langword="null"/> when the fault is the whole line's or file's.</param>
/// <param name="Found">The text found, as it is shown: control characters escaped, 80 characters at most; <see langword="null"/> when something is missing.</param>
/// <param name="Expected">What was expected, as a phrase that continues "expected …".</param>
public sealed record Fault(string File, int? Line, string? Column, string? Found, string Expected)
{
    public string? Column { get; init; } = Column is null ? null : VisibleText.Name(Column);

    public string? Found { get; init; } = Found is null ? null : VisibleText.Name(Found);

    public string Expected { get; init; } = VisibleText.Phrase(Expected);

    /// <summary>Stands for the file in a fault of a setting that the caller gave; <see cref="Column"/> is its property.</summary>
    public const string Settings = "settings";

    /// <summary>One line: <c>positions.csv:17: quantity: found 'abc', expected a finite number</c>.</summary>
    public override string ToString()
    {
        string place = Line is { } line ? $"{File}:{line}" : File;
        string column = Column is null ? "" : $" {Column}:";
        string found = Found is null ? "" : $" found '{Found}',";
        return $"{place}:{column}{found} expected {Expected}";
    }
}
