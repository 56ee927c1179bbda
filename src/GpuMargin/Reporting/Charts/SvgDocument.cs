using System.Globalization;
using System.Text;
using System.Xml;

namespace GpuMargin.Reporting.Charts;

/// <summary>A well-formed SVG picture while it is drawn; lengths in pixels from the top left corner.</summary>
sealed class SvgDocument : IDisposable
{
    const string Namespace = "http://www.w3.org/2000/svg";

    readonly MemoryStream _bytes = new();
    readonly XmlWriter _xml;

    public SvgDocument(double width, double height, string title)
    {
        _xml = XmlWriter.Create(_bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" });
        _xml.WriteStartElement("svg", Namespace);
        Attribute("width", width);
        Attribute("height", height);
        _xml.WriteAttributeString("viewBox", $"0 0 {Number(width)} {Number(height)}");
        _xml.WriteAttributeString("font-family", "sans-serif");
        _xml.WriteElementString("title", Namespace, Allowed(title));
        Open("rect", "fill", "white");
        Attribute("width", width);
        Attribute("height", height);
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
        _xml.WriteAttributeString("fill", "none");
        Attribute("stroke-width", width);
        _xml.WriteAttributeString("stroke-linejoin", "round");
        Dashes(dashes);
        _xml.WriteAttributeString("d", path.ToString());
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
    public void Text(double x, double y, string text, double size, string anchor = "start", string colour = "#333")
    {
        Open("text", "fill", colour);
        Attribute("x", x);
        Attribute("y", y);
        Attribute("font-size", size);
        _xml.WriteAttributeString("text-anchor", anchor);
        _xml.WriteString(Allowed(text));
        Close();
    }

    public byte[] ToBytes()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return [.. _bytes.ToArray(), (byte)'\n'];
    }

    public void Dispose()
    {
        _xml.Dispose();
        _bytes.Dispose();
    }

    void Open(string element, string colouring, string colour)
    {
        _xml.WriteStartElement(element, Namespace);
        _xml.WriteAttributeString(colouring, colour);
    }

    void Close() => _xml.WriteEndElement();

    void Attribute(string name, double value) => _xml.WriteAttributeString(name, Number(value));

    void Dashes(string dashes)
    {
        if (dashes.Length > 0)
        {
            _xml.WriteAttributeString("stroke-dasharray", dashes);
        }
    }

    // Names may hold characters that XML does not have.
    static string Allowed(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000 ? rune.ToString() : "\uFFFD"));

    static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
