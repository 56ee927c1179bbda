using System.Globalization;
using System.Xml;
using GpuMargin.ClearingSets;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>convergence.svg: relative half-width of the 95 % interval against scenarios and against seconds, both axes logarithmic; the median account as a line, the worst as a dashed one.</summary>
static class ConvergencePicture
{
    public const string FileName = "convergence.svg";

    const string Svg = "http://www.w3.org/2000/svg";
    const double Width = 1080;
    const double Height = 520;
    const double Top = 60;
    const double Bottom = 400;
    const double Left = 80;
    const double PanelWidth = 430;
    const double SecondLeft = 590;
    const double Target = 0.01;

    // Okabe and Ito (2008), told apart with any colour vision; the markers differ too.
    static readonly string[] s_colours = ["#000000", "#E69F00", "#0072B2", "#D55E00"];

    /// <param name="title">One line.</param>
    /// <returns>The bytes of the file, UTF-8.</returns>
    public static byte[] ToBytes(IReadOnlyList<ConvergenceMethod> methods, string title)
    {
        Line[] lines = [.. Lines(methods)];
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new System.Text.UTF8Encoding(false) }))
        {
            xml.WriteStartElement("svg", Svg);
            Attributes(xml, ("viewBox", Invariant($"0 0 {Width} {Height}")), ("width", Invariant($"{Width}")), ("height", Invariant($"{Height}")), ("font-family", "sans-serif"), ("font-size", "13"), ("role", "img"));
            xml.WriteElementString("title", Svg, title);
            Element(xml, "rect", ("width", "100%"), ("height", "100%"), ("fill", "#ffffff"));
            Text(xml, VisibleText.Name(title), Left, 30, "start", size: 16);
            if (lines.Length == 0)
            {
                Text(xml, "No account has an expected shortfall above zero with an error.", Left, Top + 40, "start");
            }
            else
            {
                double[] widths = [.. lines.SelectMany(line => line.Points).Select(point => point.HalfWidth)];
                LogAxis y = LogAxis.Around([.. widths, Target], Bottom, Top);
                Panel(xml, lines, y, Left, "scenarios", point => point.Scenarios, value => value.ToString(value >= 1e6 ? "0.#e0" : "N0", CultureInfo.InvariantCulture));
                Panel(xml, lines, y, SecondLeft, "seconds of the engine", point => point.Seconds, value => value.ToString("0.#####", CultureInfo.InvariantCulture));
                Legend(xml, methods);
            }

            xml.WriteEndElement();
        }

        return [.. bytes.ToArray(), (byte)'\n'];
    }

    static IEnumerable<Line> Lines(IReadOnlyList<ConvergenceMethod> methods)
    {
        for (int method = 0; method < methods.Count; method++)
        {
            foreach (string statistic in (string[])[ConvergenceStatistic.Median, ConvergenceStatistic.Worst])
            {
                Point[] points = [.. methods[method].Points.SelectMany(point => ConvergenceStatistic.Of(point)
                    .Where(s => s.Statistic == statistic)
                    .Select(s => new Point(point.Scenarios, point.Seconds, s.HalfWidth)))];
                if (points.Length > 0)
                {
                    yield return new Line(method, statistic == ConvergenceStatistic.Worst, points);
                }
            }
        }
    }

    static void Panel(XmlWriter xml, Line[] lines, LogAxis y, double left, string label, Func<Point, double> value, Func<double, string> tickText)
    {
        LogAxis x = LogAxis.Around([.. lines.SelectMany(line => line.Points).Select(value)], left, left + PanelWidth);
        foreach (double tick in x.Ticks())
        {
            Segment(xml, x.Place(tick), Top, x.Place(tick), Bottom, "#dddddd");
            Text(xml, tickText(tick), x.Place(tick), Bottom + 18, "middle", size: 11);
        }

        foreach (double tick in y.Ticks())
        {
            Segment(xml, left, y.Place(tick), left + PanelWidth, y.Place(tick), "#dddddd");
            Text(xml, Invariant($"±{100 * tick:0.####} %"), left - 6, y.Place(tick) + 4, "end", size: 11);
        }

        Segment(xml, left, y.Place(Target), left + PanelWidth, y.Place(Target), "#777777", "2 3", 1.5);
        Element(xml, "rect", ("x", Number(left)), ("y", Number(Top)), ("width", Number(PanelWidth)), ("height", Number(Bottom - Top)), ("fill", "none"), ("stroke", "#444444"));
        foreach (Line line in lines)
        {
            string colour = s_colours[line.Method];
            Element(
                xml, "polyline",
                ("points", string.Join(' ', line.Points.Select(point => $"{Number(x.Place(value(point)))},{Number(y.Place(point.HalfWidth))}"))),
                ("fill", "none"), ("stroke", colour), ("stroke-width", line.Dashed ? "1.2" : "2.2"), ("stroke-dasharray", line.Dashed ? "6 4" : "none"));
            foreach (Point point in line.Points)
            {
                Marker(xml, line.Method, x.Place(value(point)), y.Place(point.HalfWidth), line.Dashed ? 3 : 4.5);
            }
        }

        Text(xml, label, left + PanelWidth / 2, Bottom + 40, "middle");
        if (left == Left)
        {
            Text(xml, "95 % half-width of ES / ES", 0, 0, "middle", transform: Invariant($"translate(18 {(Top + Bottom) / 2}) rotate(-90)"));
        }
    }

    static void Legend(XmlWriter xml, IReadOnlyList<ConvergenceMethod> methods)
    {
        double x = Left;
        for (int method = 0; method < methods.Count; method++)
        {
            bool there = methods[method].Missing is null;
            Segment(xml, x, Height - 50, x + 34, Height - 50, there ? s_colours[method] : "#bbbbbb", width: 2.2);
            if (there)
            {
                Marker(xml, method, x + 17, Height - 50, 4.5);
            }

            Text(xml, methods[method].Name + (there ? "" : " (not available)"), x + 42, Height - 45.5, "start");
            x += 245;
        }

        Text(xml, "Lines: median account. Dashed: worst account. Dotted: ±1 %.", Left, Height - 16, "start");
    }

    static void Marker(XmlWriter xml, int method, double x, double y, double size)
    {
        string colour = s_colours[method];
        switch (method)
        {
            case 0:
                Element(xml, "circle", ("cx", Number(x)), ("cy", Number(y)), ("r", Number(size)), ("fill", colour));
                break;
            case 1:
                Element(xml, "rect", ("x", Number(x - size)), ("y", Number(y - size)), ("width", Number(2 * size)), ("height", Number(2 * size)), ("fill", colour));
                break;
            case 2:
                Element(xml, "polygon", ("points", Invariant($"{Number(x)},{Number(y - 1.3 * size)} {Number(x + 1.2 * size)},{Number(y + size)} {Number(x - 1.2 * size)},{Number(y + size)}")), ("fill", colour));
                break;
            default:
                Element(xml, "polygon", ("points", Invariant($"{Number(x)},{Number(y - 1.4 * size)} {Number(x + 1.4 * size)},{Number(y)} {Number(x)},{Number(y + 1.4 * size)} {Number(x - 1.4 * size)},{Number(y)}")), ("fill", colour));
                break;
        }
    }

    static void Segment(XmlWriter xml, double x1, double y1, double x2, double y2, string colour, string dashes = "none", double width = 1) =>
        Element(xml, "line", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("stroke", colour), ("stroke-width", Number(width)), ("stroke-dasharray", dashes));

    static void Text(XmlWriter xml, string text, double x, double y, string anchor, double size = 13, string? transform = null)
    {
        xml.WriteStartElement("text", Svg);
        Attributes(xml, ("x", Number(x)), ("y", Number(y)), ("text-anchor", anchor), ("font-size", Number(size)), ("fill", "#222222"));
        if (transform is not null)
        {
            xml.WriteAttributeString("transform", transform);
        }

        xml.WriteString(text);
        xml.WriteEndElement();
    }

    static void Element(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name, Svg);
        Attributes(xml, attributes);
        xml.WriteEndElement();
    }

    static void Attributes(XmlWriter xml, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            xml.WriteAttributeString(name, value);
        }
    }

    static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    readonly record struct Point(double Scenarios, double Seconds, double HalfWidth);

    /// <param name="Method">Number of the method, which decides colour and marker.</param>
    sealed record Line(int Method, bool Dashed, Point[] Points);
}
