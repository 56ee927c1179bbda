using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>What surfaces need prices for: smiles from quotes, and today's volatilities of the instruments that have none of their own.</summary>
static class SurfaceLevels
{
    /// <summary>Stands for the volatility that is not known yet.</summary>
    public const double Unknown = double.NaN;

    /// <param name="instruments">With their dividends.</param>
    /// <param name="levels">By factor, at least of the underlyings.</param>
    public static void Give(SurfaceTable surfaces, List<Instrument> instruments, IReadOnlyList<double> levels)
    {
        foreach (SurfaceDraft draft in surfaces.Drafts.Where(draft => draft.Quotes.Count > 0))
        {
            Fit(draft, instruments, levels);
        }

        for (int i = 0; i < instruments.Count; i++)
        {
            if (instruments[i] is { Surface: { } surface } instrument && double.IsNaN(instrument.Volatility))
            {
                double k = SurfaceForward.LogMoneyness(instrument with { Volatility = 0 }, levels[instrument.Underlying]);
                instruments[i] = instrument with { Volatility = surface.Volatility(k, instrument.YearsToExpiry) };
            }
        }
    }

    // The forwards are those of the instruments on the surface.
    static void Fit(SurfaceDraft draft, List<Instrument> instruments, IReadOnlyList<double> levels)
    {
        Instrument[] options = [.. instruments.Where(instrument => instrument.Surface?.Name == draft.Name)];
        if (options.Length == 0)
        {
            return;
        }

        draft.Fit(years => SurfaceForward.To(years, options, levels));
        for (int i = 0; i < instruments.Count; i++)
        {
            if (instruments[i].Surface?.Name == draft.Name)
            {
                instruments[i] = instruments[i] with { Surface = draft.Surface };
            }
        }
    }
}
