namespace GpuMargin.Calibration;

/// <summary>Ranks as uniforms: rank/(n + 1), ties get their mean rank (Genest, Ghoudi and Rivest 1995).</summary>
public static class PseudoObservations
{
    /// <param name="sample">[day, factor], finite.</param>
    /// <returns>[day, factor], in (0, 1).</returns>
    /// <exception cref="ArgumentException">Fewer than two days, no factor, a value that is not finite, or a constant factor.</exception>
    public static double[,] Of(double[,] sample)
    {
        SampleCheck.Require(sample, daysAtLeast: 2);
        int days = sample.GetLength(0);
        double[,] uniforms = new double[days, sample.GetLength(1)];
        Parallel.For(0, sample.GetLength(1), factor =>
        {
            RankedSample ranked = RankedSample.Of(SampleCheck.Column(sample, factor));
            for (int day = 0; day < days; day++)
            {
                uniforms[day, factor] = (ranked.GroupStart[day] + 1 + ranked.GroupEnd[day]) / 2.0 / (days + 1);
            }
        });
        return uniforms;
    }
}
