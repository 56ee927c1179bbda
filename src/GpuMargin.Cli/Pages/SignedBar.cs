using GpuMargin.Reporting.Charts;

namespace GpuMargin.Cli.Pages;

/// <summary>A bar to the right of the middle of its cell, or to the left of it; the style draws the line between.</summary>
static class SignedBar
{
    const double Width = 200, Height = 1;

    /// <param name="largest">Size that fills half of the cell.</param>
    public static SvgDocument Of(double amount, double largest, string positive, string negative)
    {
        SvgDocument bar = SvgDocument.InCell(Width, Height);
        double length = largest > 0 ? Math.Abs(amount) / largest * Width / 2 : 0;
        bar.Bars(Width / 2, Height, [(Width / 2 + Math.CopySign(length, amount), 0)], amount < 0 ? negative : positive);
        return bar;
    }
}
