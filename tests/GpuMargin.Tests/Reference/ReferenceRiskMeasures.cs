namespace GpuMargin.Tests.Reference;

/// <summary>Value at risk and expected shortfall of a full loss sample, as the file contract defines them.</summary>
/// <remarks>L1 ≥ L2 ≥ … ≥ Ln, m = n·(1 − confidence) in decimal arithmetic.</remarks>
public static class ReferenceRiskMeasures
{
    /// <summary>L[⌊m⌋ + 1].</summary>
    public static double ValueAtRisk(IReadOnlyList<double> losses, decimal confidence) =>
        Descending(losses)[(int)Math.Floor(losses.Count * (1 - confidence))];

    /// <summary>(L1 + … + L⌊m⌋ + (m − ⌊m⌋)·L[⌊m⌋ + 1])/m (Acerbi and Tasche 2002).</summary>
    public static double ExpectedShortfall(IReadOnlyList<double> losses, decimal confidence)
    {
        double[] sorted = Descending(losses);
        decimal m = losses.Count * (1 - confidence);
        int whole = (int)Math.Floor(m);
        double sum = sorted.Take(whole).Sum() + ((double)(m - whole) * sorted[whole]);
        return sum / (double)m;
    }

    static double[] Descending(IReadOnlyList<double> losses) => [.. losses.OrderDescending()];
}
