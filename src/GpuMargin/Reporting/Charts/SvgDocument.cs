using System.Globalization;
using System.Text;
using System.Xml;

namespace GpuMargin.Reporting.Charts;

/// <summary>A well-formed SVG picture while it is drawn; lengths in pixels from the top left corner.</summary>
sealed class SvgDocument : IDisposable
{
    const string Namespace = "http://www.w3.org/2000/svg";

    readonly MemoryStream bytes = new();
    readonly XmlWriter xml;
    readonly string? space;

    public SvgDocument(double width, double height, string title)
        : this(isFile: true)
    {
        Attribute("width", width);
        Attribute("height", height);
        ViewBox(width, height);
        xml.WriteAttributeString("font-family", "sans-serif");
        xml.WriteElementString("title", space, Allowed(title));
        Rectangle(0, 0, width, height, "white");
    }

    SvgDocument(bool isFile)
    {
        xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = isFile, NewLineChars = "\n", OmitXmlDeclaration = !isFile });
        space = isFile ? Namespace : null; // HTML knows it by the element.
        xml.WriteStartElement("svg", space);
        (Ink, Grid, Frame) = isFile ? ("#333", "#ddd", "#888") : ("var(--ink)", "var(--grid)", "var(--frame)");
    }

    /// <summary>Colour of text.</summary>
    public string Ink { get; }

    /// <summary>Colour of lines behind what is shown.</summary>
    public string Grid { get; }

    /// <summary>Colour of an axis.</summary>
    public string Frame { get; }

    /// <summary>A picture within a page, in its font and, by its variables, in its colours; it is as wide as its place.</summary>
    /// <param name="title">What the picture says, for those who do not see it.</param>
    public static SvgDocument OnPage(double width, double height, string title)
    {
        SvgDocument picture = new(isFile: false);
        picture.ViewBox(width, height);
        picture.xml.WriteAttributeString("role", "img");
        picture.xml.WriteElementString("title", picture.space, Allowed(title));
        return picture;
    }

    /// <summary>Bars in a cell of a page, stretched to its width; what they say stands beside them.</summary>
    public static SvgDocument InCell(double width, double height)
    {
        SvgDocument picture = new(isFile: false);
        picture.ViewBox(width, height);
        picture.xml.WriteAttributeString("preserveAspectRatio", "none");
        picture.xml.WriteAttributeString("aria-hidden", "true");
        return picture;
    }

    /// <param name="hint">Shown where the pointer rests; empty: nothing is.</param>
    public void Rectangle(double x, double y, double width, double height, string colour, string hint = "")
    {
        Open("rect", "fill", colour);
        if (x != 0)
        {
            Attribute("x", x);
        }

        if (y != 0)
        {
            Attribute("y", y);
        }

        Attribute("width", width);
        Attribute("height", height);
        if (hint.Length > 0)
        {
            xml.WriteElementString("title", space, Allowed(hint));
        }

        Close();
    }

    /// <param name="dashes">Lengths of line and gap; empty: solid.</param>
    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 1, string dashes = "")
    {
        Open("line", "stroke", colour);
        Attribute("x1", x1);
        Attribute("y1", y1);
        Attribute("x2", x2);
        Attribute("y2", y2);
        Attribute("stroke-width", width);
        Dashes(dashes);
        Close();
    }

    /// <summary>Straight lines through points; a point that is not finite leaves a gap.</summary>
    public void Path(IEnumerable<(double X, double Y)> points, string colour, double width, string dashes = "")
    {
        StringBuilder path = new();
        bool drawn = false;
        foreach ((double x, double y) in points)
        {
            if (double.IsFinite(y))
            {
                path.Append(drawn ? 'L' : 'M').Append(Number(x)).Append(' ').Append(Number(y));
            }

            drawn = double.IsFinite(y);
        }

        if (path.Length == 0)
        {
            return;
        }

        Open("path", "stroke", colour);
        xml.WriteAttributeString("fill", "none");
        Attribute("stroke-width", width);
        xml.WriteAttributeString("stroke-linejoin", "round");
        Dashes(dashes);
        xml.WriteAttributeString("d", path.ToString());
        Close();
    }

    /// <summary>Bars side by side on one line, as one shape.</summary>
    /// <param name="bars">Right edge and top of each.</param>
    public void Bars(double left, double bottom, IEnumerable<(double Right, double Top)> bars, string colour)
    {
        Open("path", "fill", colour);
        xml.WriteAttributeString("d", $"M{Number(left)} {Number(bottom)}{string.Concat(bars.Select(bar => $"V{Number(bar.Top)}H{Number(bar.Right)}"))}V{Number(bottom)}Z");
        Close();
    }

    public void Dot(double x, double y, double radius, string colour)
    {
        Open("circle", "fill", colour);
        Attribute("cx", x);
        Attribute("cy", y);
        Attribute("r", radius);
        Close();
    }

    /// <param name="anchor">start, middle or end: what of the text is at x.</param>
    public void Text(double x, double y, string text, double size, string anchor = "start", string? colour = null)
    {
        Open("text", "fill", colour ?? Ink);
        Attribute("x", x);
        Attribute("y", y);
        Attribute("font-size", size);
        xml.WriteAttributeString("text-anchor", anchor);
        xml.WriteString(Allowed(text));
        Close();
    }

    public byte[] ToBytes()
    {
        xml.WriteEndElement();
        xml.Flush();
        return [.. bytes.ToArray(), (byte)'\n'];
    }

    /// <summary>The picture as it stands in a page.</summary>
    public string ToText()
    {
        xml.WriteEndElement();
        xml.Flush();
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    public void Dispose()
    {
        xml.Dispose();
        bytes.Dispose();
    }

    void Open(string element, string colouring, string colour)
    {
        xml.WriteStartElement(element, space);
        xml.WriteAttributeString(colouring, colour);
    }

    void ViewBox(double width, double height) => xml.WriteAttributeString("viewBox", $"0 0 {Number(width)} {Number(height)}");

    void Close() => xml.WriteEndElement();

    void Attribute(string name, double value) => xml.WriteAttributeString(name, Number(value));

    void Dashes(string dashes)
    {
        if (dashes.Length > 0)
        {
            xml.WriteAttributeString("stroke-dasharray", dashes);
        }
    }

    // Names may hold characters that XML does not have.
    static string Allowed(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000 ? rune.ToString() : "\uFFFD"));

    static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
