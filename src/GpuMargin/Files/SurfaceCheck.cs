using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Refuses surfaces that have arbitrage today, where run.json asks for it.</summary>
static class SurfaceCheck
{
    /// <param name="levels">By factor, at least of the underlyings.</param>
    public static void Check(SurfaceTable surfaces, IReadOnlyList<Instrument> instruments, IReadOnlyList<double> levels, ArbitrageRule rule, FaultList faults)
    {
        if (rule != ArbitrageRule.Refuse)
        {
            return;
        }

        foreach (SurfaceDraft draft in surfaces.Drafts)
        {
            Instrument[] options = [.. instruments.Where(instrument => instrument.Surface?.Name == draft.Name)];
            foreach (SurfaceArbitrage found in SurfaceArbitrage.Of(draft.Surface, options.Length == 0 ? null : years => SurfaceForward.To(years, options, levels)))
            {
                faults.Add(SmileReader.FileName, draft.SmileLines[found.Smile], "surface", draft.Name, $"a smile without {found.Description}");
            }
        }
    }
}
