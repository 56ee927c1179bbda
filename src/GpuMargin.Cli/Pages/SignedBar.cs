using GpuMargin.Reporting.Charts;

namespace GpuMargin.Cli.Pages;

/// <summary>A bar to the right of the middle of its cell, or to the left of it.</summary>
static class SignedBar
{
    const double Width = 200, Height = 12;

    /// <param name="largest">Size that fills half of the cell.</param>
    public static SvgDocument Of(double amount, double largest, string positive, string negative)
    {
        SvgDocument bar = SvgDocument.InCell(Width, Height);
        double length = largest > 0 ? Math.Abs(amount) / largest * Width / 2 : 0;
        bar.Rectangle(amount < 0 ? Width / 2 - length : Width / 2, 1, length, Height - 2, amount < 0 ? negative : positive);
        bar.Line(Width / 2, 0, Width / 2, Height, bar.Frame);
        return bar;
    }
}
