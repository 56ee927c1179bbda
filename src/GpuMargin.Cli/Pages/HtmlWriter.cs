using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using GpuMargin.ClearingSets;
using GpuMargin.Reporting.Charts;

namespace GpuMargin.Cli.Pages;

/// <summary>HTML while it is written. What stands in the source is markup; what is put into it is text and is encoded, so that no name can be markup.</summary>
sealed class HtmlWriter
{
    readonly StringBuilder text = new();

    public void Write(ref Markup markup) => text.Append(markup.ToStringAndClear());

    /// <summary>A picture, which its own writer has encoded.</summary>
    public void Write(SvgDocument picture) => text.Append(picture.ToText());

    /// <summary>A style sheet or a script of the program itself.</summary>
    public void Write(PageResource resource) => text.Append(resource.Text);

    public override string ToString() => text.ToString();

    /// <summary>An interpolated string whose values are encoded: invisible characters shown, long names cut, markup as text.</summary>
    [InterpolatedStringHandler]
    public ref struct Markup(int literalLength, int formattedCount)
    {
        // The format of a text that is longer than a name.
        const string Phrase = "phrase";

        static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

        DefaultInterpolatedStringHandler inner = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

        public void AppendLiteral(string literal) => inner.AppendLiteral(literal);

        public void AppendFormatted(string? value) => inner.AppendLiteral(s_encoder.Encode(VisibleText.Name(value ?? "")));

        /// <param name="format"><c>phrase</c>.</param>
        public void AppendFormatted(string? value, string format) =>
            inner.AppendLiteral(s_encoder.Encode(format == Phrase ? VisibleText.Phrase(value ?? "") : throw new FormatException($"no format '{format}'")));

        public void AppendFormatted(int value) => inner.AppendFormatted(value);

        public void AppendFormatted(int value, string format) => inner.AppendFormatted(value, format);

        internal string ToStringAndClear() => inner.ToStringAndClear();
    }
}
