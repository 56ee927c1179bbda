using System.Text;
using GpuMargin.ClearingSets;

namespace GpuMargin.Cli;

/// <summary>The one way to a terminal: what is written is visible text, and a line is one line of bounded length.</summary>
/// <remarks>A document of several lines, such as JSON, is not a line: it is written by <see cref="Write(string?)"/>.</remarks>
sealed class VisibleWriter : TextWriter
{
    readonly TextWriter inner;

    public VisibleWriter(TextWriter inner)
        : base(inner.FormatProvider)
    {
        this.inner = inner;
        CoreNewLine = inner.NewLine.ToCharArray();
    }

    public override Encoding Encoding => inner.Encoding;

    // One half of a pair says nothing of the character.
    public override void Write(char value)
    {
        if (char.IsSurrogate(value))
        {
            inner.Write(value);
        }
        else
        {
            inner.Write(VisibleText.Lines(value.ToString()));
        }
    }

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(value is null ? null : VisibleText.Lines(value));

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : VisibleText.Message(value));

    public override void Flush() => inner.Flush();
}
