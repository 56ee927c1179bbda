using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Quotes;
using GpuMargin.Reporting.Charts;

namespace GpuMargin.Reporting.Surfaces;

/// <summary>Picture of one expiry: the fitted smile as a line, mids of quotes as dots, bid to ask as bars.</summary>
static class SmileChart
{
    const double Width = 900, Height = 460, Left = 70, Top = 60, PanelWidth = 800, PanelHeight = 340;
    const int Points = 161, Marks = 8;
    const double Margin = 0.05; // of the range of strikes, at both ends
    const string Curve = "#0072b2", Quotes = "#000000", Spread = "#999999";

    public static byte[] ToBytes(string surface, FittedSmile smile)
    {
        double low = smile.Points[0].LogMoneyness, high = smile.Points[^1].LogMoneyness, pad = Math.Max(Margin * (high - low), 0.01);
        (low, high) = (low - pad, high + pad);
        double[] curve = [.. Enumerable.Range(0, Points).Select(i => 100 * smile.Fit.Slice.Volatility(low + (high - low) * i / (Points - 1), smile.Market.Years))];
        ChartPanel panel = ChartPanel.Around(Left, Top, PanelWidth, PanelHeight, [curve, [.. smile.Points.Select(point => 100 * point.Volatility)]], fromZero: false) with { Days = Points };
        string title = string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Name(surface)}, expiry {smile.Quotes.Expiry.UtcDateTime:yyyy-MM-dd HH:mm}Z, forward {smile.Market.Forward:G6}");
        using var picture = new SvgDocument(Width, Height, title);
        picture.Text(Left, 26, title, 17);
        panel.Draw(picture, "Implied volatility, % a year; strike as share of the forward", [], value => value.ToString("0.##", CultureInfo.InvariantCulture), withDates: false);
        for (int mark = 0; mark <= Marks; mark++)
        {
            double k = low + (high - low) * mark / Marks;
            picture.Text(X(k), Top + PanelHeight + 18, Math.Exp(k).ToString("0.00", CultureInfo.InvariantCulture), 11, "middle");
        }

        foreach (SmilePoint point in smile.Points)
        {
            picture.Line(X(point.LogMoneyness), Y(point.Bid), X(point.LogMoneyness), Y(point.Ask), Spread, 2);
        }

        panel.Plot(picture, curve, Curve, 2);
        foreach (SmilePoint point in smile.Points)
        {
            picture.Dot(X(point.LogMoneyness), Y(point.Volatility), 2, Quotes);
        }

        picture.Text(Left, Height - 14, string.Create(
            CultureInfo.InvariantCulture, $"{smile.Points.Count} quotes, {smile.InsideSpread} inside bid and ask; root mean square {100 * smile.Fit.RootMeanSquare:0.000}, worst {100 * smile.Fit.Worst:0.000} volatility points"), 12);
        return picture.ToBytes();

        double X(double k) => Left + PanelWidth * (k - low) / (high - low);

        // A bar ends at the frame where a bid or an ask has no volatility in it.
        double Y(double volatility) => panel.Y(Math.Clamp(100 * volatility, panel.Low, panel.High));
    }
}
