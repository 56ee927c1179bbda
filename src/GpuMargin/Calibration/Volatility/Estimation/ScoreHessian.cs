namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Second derivatives of the log-likelihood by differences of its analytic score.</summary>
static class ScoreHessian
{
    /// <summary>Steps in standard errors, over which a log-likelihood is nearly quadratic: the error of five points is of the order of the fourth power, 1e-12; rounding of the score adds 1e-11.</summary>
    const double Step = 1e-3;

    /// <param name="free">Indices of the estimated parameters.</param>
    /// <param name="errors">Rough standard errors of those.</param>
    /// <param name="accurate">Five points per parameter instead of three (error 1e-6).</param>
    /// <returns>[free, free], not yet symmetrised.</returns>
    public static double[,] Of(VolatilityLikelihood likelihood, double[] theta, int[] free, double[] errors, bool accurate)
    {
        double[,] hessian = new double[free.Length, free.Length];
        double[] moved = [.. theta];
        double[] score = new double[VolatilityParameters.Count];
        for (int i = 0; i < free.Length; i++)
        {
            double step = Math.Min(Step * errors[i], LongestStep(theta, free[i]));
            Add(step, accurate ? 8.0 / (12 * step) : 0.5 / step);
            if (accurate)
            {
                Add(2 * step, -1.0 / (12 * step));
            }

            moved[free[i]] = theta[free[i]];

            void Add(double distance, double weight)
            {
                foreach (double side in (ReadOnlySpan<double>)[1, -1])
                {
                    moved[free[i]] = theta[free[i]] + side * distance;
                    likelihood.Evaluate(moved, score);
                    for (int j = 0; j < free.Length; j++)
                    {
                        hessian[i, j] += side * weight * score[free[j]];
                    }
                }
            }
        }

        return hessian;
    }

    // A bound may be nearer than the standard error.
    static double LongestStep(double[] theta, int index) => index switch
    {
        VolatilityParameters.OmegaIndex => 0.01 * theta[index],
        VolatilityParameters.FreedomIndex => 1e-3 * (theta[index] - 2),
        VolatilityParameters.SkewIndex => 1e-3,
        _ => double.PositiveInfinity,
    };
}
