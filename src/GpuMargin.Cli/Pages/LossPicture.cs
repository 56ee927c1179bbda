using System.Globalization;
using GpuMargin.Cli.Display;
using GpuMargin.Margin;
using GpuMargin.Margin.Attribution;
using GpuMargin.Reporting.Charts;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Cli.Pages;

/// <summary>Histogram of the losses about value at risk and behind it, with both measures and their intervals.</summary>
static class LossPicture
{
    const double Width = 460, Height = 230, Left = 46, Right = 10, Top = 40, Bottom = 28;
    const double LabelSize = 11;

    public static SvgDocument Of(AccountMargin margin, LossHistogram losses, Amounts amounts)
    {
        (Estimate atRisk, Estimate shortfall) = (margin.ValueAtRisk, margin.ExpectedShortfall);
        SvgDocument picture = SvgDocument.OnPage(Width, Height,
            $"Losses in the tail: value at risk {amounts.Of(atRisk.Value)}, expected shortfall {amounts.Of(shortfall.Value)}, 95 % interval {amounts.Of(shortfall.Low)} to {amounts.Of(shortfall.High)}");
        int last = Enumerable.Range(0, losses.Weights.Count).LastOrDefault(bin => losses.Weights[bin] > 0);
        double high = Math.Max(losses.Low + (last + 1) * losses.Width, shortfall.High + losses.Width), most = losses.Weights.Max() / losses.Total;
        double step = ChartPanel.Step(most), top = Math.Ceiling(most / step) * step;
        for (int tick = 0; tick <= (int)Math.Round(top / step); tick++)
        {
            picture.Line(Left, Y(tick * step), Width - Right, Y(tick * step), picture.Grid);
            picture.Text(Left - 5, Y(tick * step) + 4, (tick * step).ToString("0.## %", CultureInfo.InvariantCulture), LabelSize, "end");
        }

        foreach ((Estimate estimate, string colour) in ((Estimate, string)[])[(atRisk, "var(--var-band)"), (shortfall, "var(--es-band)")])
        {
            picture.Rectangle(X(estimate.Low), Top, Math.Max(X(estimate.High) - X(estimate.Low), 1), Height - Top - Bottom, colour);
        }

        // The first bin behind value at risk begins at it.
        int tail = (int)Math.Round((atRisk.Value - losses.Low) / losses.Width);
        picture.Bars(Left, Height - Bottom, Bars(0, tail), "var(--body)");
        picture.Bars(X(atRisk.Value), Height - Bottom, Bars(tail, last + 1), "var(--tail)");
        picture.Line(Left, Height - Bottom, Width - Right, Height - Bottom, picture.Frame);
        Mark(atRisk, "VaR", "end", -5, "var(--var)");
        Mark(shortfall, "ES", "start", 5, "var(--es)");
        double across = ChartPanel.Step((high - losses.Low) * 1.5);
        for (double tick = Math.Ceiling(losses.Low / across) * across; tick <= high; tick += across)
        {
            picture.Text(X(tick), Height - Bottom + 16, Short(tick), LabelSize, "middle");
        }

        return picture;

        double X(double loss) => Left + (Width - Left - Right) * Math.Clamp((loss - losses.Low) / (high - losses.Low), 0, 1);

        double Y(double share) => Height - Bottom - (Height - Top - Bottom) * share / top;

        IEnumerable<(double, double)> Bars(int from, int to) => Enumerable.Range(from, Math.Max(to - from, 0))
            .Select(bin => (X(losses.Low + (bin + 1) * losses.Width), Y(losses.Weights[bin] / losses.Total)));

        void Mark(Estimate estimate, string name, string anchor, double aside, string colour)
        {
            picture.Line(X(estimate.Value), Top - 22, X(estimate.Value), Height - Bottom, colour, 1.5);
            picture.Text(X(estimate.Value) + aside, Top - 12, $"{name} {amounts.Of(estimate.Value)}", LabelSize + 1, anchor, colour);
        }
    }

    static string Short(double amount)
    {
        (double scale, string unit) = Math.Abs(amount) switch { >= 1e9 => (1e9, " bn"), >= 1e6 => (1e6, " m"), >= 1e3 => (1e3, " k"), _ => (1, "") };
        return (amount / scale).ToString("0.####", CultureInfo.InvariantCulture) + unit;
    }
}
