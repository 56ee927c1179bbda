namespace GpuMargin.Reporting.Records;

/// <summary>One field of a record's JSON that has no fields of its own: a value, or a list of plain values.</summary>
/// <param name="Path">Such as <c>settings.copula.nu</c> or <c>outputs[0].name</c>.</param>
/// <param name="Text">Strings in quotes, without escapes; numbers as they are written; lists in brackets with commas, without blanks.</param>
/// <param name="Line">1-based.</param>
sealed record RecordLeaf(string Path, string Text, int Line)
{
    /// <summary><see cref="Text"/> without quotes.</summary>
    public string Value => Text is ['"', .., '"'] ? Text[1..^1] : Text;

    /// <summary>The line that stands for the field in every hash over fields.</summary>
    public override string ToString() => $"{Path}={Text}\n";
}
