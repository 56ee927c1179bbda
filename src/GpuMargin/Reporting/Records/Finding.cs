namespace GpuMargin.Reporting.Records;

/// <summary>One thing that is not as a record has it.</summary>
/// <param name="File">The record, or a file beside it.</param>
/// <param name="Line">1-based, of the record; absent where the whole file is meant or a field is gone.</param>
/// <param name="Field">Path of a field of the record; absent where the whole file is meant.</param>
/// <param name="What">A phrase that continues the file or field.</param>
sealed record Finding(string File, int? Line, string? Field, string What)
{
    public override string ToString() =>
        FormattableString.Invariant($"{File}{(Line is { } line ? $":{line}" : "")}: {(Field is null ? "" : $"{Field}: ")}{What}");
}
