using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Today's volatilities of the instruments that have none of their own: those of their surfaces.</summary>
static class SurfaceLevels
{
    /// <summary>Stands for the volatility that is not known yet.</summary>
    public const double Unknown = double.NaN;

    /// <param name="instruments">With their dividends.</param>
    /// <param name="levels">By factor, at least of the underlyings.</param>
    public static void Give(List<Instrument> instruments, IReadOnlyList<double> levels)
    {
        for (int i = 0; i < instruments.Count; i++)
        {
            if (instruments[i] is { Surface: { } surface } instrument && double.IsNaN(instrument.Volatility))
            {
                double k = SurfaceForward.LogMoneyness(instrument with { Volatility = 0 }, levels[instrument.Underlying]);
                instruments[i] = instrument with { Volatility = surface.Volatility(k, instrument.YearsToExpiry) };
            }
        }
    }
}
