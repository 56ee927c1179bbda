namespace GpuMargin.Calibration.Dependence;

/// <summary>What every estimate of dependence asks of its sample.</summary>
static class SampleCheck
{
    /// <exception cref="ArgumentException">Too few days, no factor, a value that is not finite, or a constant factor.</exception>
    public static void Require(double[,] sample, int daysAtLeast)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int days = sample.GetLength(0);
        int factors = sample.GetLength(1);
        if (factors == 0 || days < daysAtLeast)
        {
            throw new ArgumentException(FormattableString.Invariant($"The sample has {days} days and {factors} factors; needed are at least {daysAtLeast} days and 1 factor."), nameof(sample));
        }

        for (int factor = 0; factor < factors; factor++)
        {
            bool varies = false;
            for (int day = 0; day < days; day++)
            {
                if (!double.IsFinite(sample[day, factor]))
                {
                    throw new ArgumentException(FormattableString.Invariant($"Factor {factor} has the value {sample[day, factor]} on day {day} (both from 0); needed are finite values."), nameof(sample));
                }

                varies |= sample[day, factor] != sample[0, factor];
            }

            if (!varies)
            {
                throw new ArgumentException(FormattableString.Invariant($"Factor {factor} (from 0) is constant, {sample[0, factor]} on every day; its correlation is undefined."), nameof(sample));
            }
        }
    }

    /// <exception cref="ArgumentException">A value outside (0, 1).</exception>
    public static void RequireUniforms(double[,] uniforms)
    {
        foreach (double uniform in uniforms)
        {
            if (uniform is not (> 0 and < 1))
            {
                throw new ArgumentException(FormattableString.Invariant($"A uniform is {uniform}; needed are numbers between 0 and 1, both excluded."), nameof(uniforms));
            }
        }
    }

    public static double[] Column(double[,] sample, int factor)
    {
        double[] column = new double[sample.GetLength(0)];
        for (int day = 0; day < column.Length; day++)
        {
            column[day] = sample[day, factor];
        }

        return column;
    }
}
