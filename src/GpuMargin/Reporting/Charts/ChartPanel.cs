using System.Globalization;

namespace GpuMargin.Reporting.Charts;

/// <summary>A rectangle of a picture with an axis upwards and days to the right.</summary>
/// <param name="Days">Points to the right, at least one.</param>
/// <param name="Low">Value at the lower edge.</param>
/// <param name="High">At the upper edge, above Low.</param>
readonly record struct ChartPanel(double Left, double Top, double Width, double Height, int Days, double Low, double High)
{
    const int TicksAtMost = 6;
    const double LabelSize = 11;

    /// <summary>A panel whose edges are round numbers around all finite values, and around zero when asked for.</summary>
    public static ChartPanel Around(double left, double top, double width, double height, IEnumerable<double[]> lines, bool fromZero)
    {
        double[][] all = [.. lines];
        double[] finite = [.. all.SelectMany(line => line).Where(double.IsFinite)];
        double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(1).Max();
        if (fromZero)
        {
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        }

        if (!(high > low))
        {
            high = low + Math.Max(1, Math.Abs(low));
        }

        double step = Step(high - low);
        return new ChartPanel(left, top, width, height, all.Max(line => line.Length), Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
    }

    public double X(int day) => Left + Width * (Days == 1 ? 0.5 : (double)day / (Days - 1));

    public double Y(double value) => Top + Height * (High - value) / (High - Low);

    /// <summary>Frame, grid, labels of the axis, years below and a title above.</summary>
    public void Draw(SvgDocument picture, string title, IReadOnlyList<DateTimeOffset> dates, Converter<double, string> label, bool withDates)
    {
        picture.Text(Left, Top - 8, title, 13);
        double step = Step(High - Low);
        for (int tick = 0; tick <= (int)Math.Round((High - Low) / step); tick++)
        {
            double value = Low + tick * step;
            picture.Line(Left, Y(value), Left + Width, Y(value), picture.Grid);
            picture.Text(Left - 6, Y(value) + 4, label(value), LabelSize, "end");
        }

        foreach ((int day, string text) in Marks(dates))
        {
            picture.Line(X(day), Top, X(day), Top + Height, picture.Grid);
            if (withDates)
            {
                picture.Text(X(day), Top + Height + 16, text, LabelSize, day == 0 ? "start" : "middle");
            }
        }

        picture.Line(Left, Top + Height, Left + Width, Top + Height, picture.Frame);
    }

    public void Plot(SvgDocument picture, double[] values, string colour, double width = 1.5, string dashes = "")
    {
        ChartPanel panel = this;
        picture.Path(values.Select((value, day) => (panel.X(day), panel.Y(value))), colour, width, dashes);
    }

    // The first day of every year, quarter or month; every fifth or every day of a short roll.
    static IEnumerable<(int Day, string Text)> Marks(IReadOnlyList<DateTimeOffset> dates)
    {
        int months = dates.Count < 60 ? 0 : dates.Count < 200 ? 1 : dates.Count < 900 ? 3 : 12;
        for (int day = 0; day < dates.Count; day++)
        {
            if (months == 0 && day % (dates.Count < 8 ? 1 : dates.Count < 30 ? 5 : 10) == 0)
            {
                yield return (day, dates[day].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            }
            else if (months > 0 && day > 0 && dates[day].Month != dates[day - 1].Month && (dates[day].Month - 1) % months == 0)
            {
                yield return (day, dates[day].ToString("yyyy-MM", CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Distance of ticks: 1, 2 or 5 times a power of ten.</summary>
    internal static double Step(double span)
    {
        double rough = span / TicksAtMost;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
    }
}
