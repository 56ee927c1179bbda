namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Second derivatives of the log-likelihood by differences of its analytic score.</summary>
static class ScoreHessian
{
    /// <summary>Steps in standard errors, over which a log-likelihood is nearly quadratic: the error of five points is of the order of the fourth power, 1e-12; rounding of the score adds 1e-11.</summary>
    const double Step = 1e-3;

    /// <param name="directions">Of the estimated parameters.</param>
    /// <param name="errors">Rough standard errors along those.</param>
    /// <param name="accurate">Five points per direction instead of three (error 1e-6).</param>
    /// <returns>[direction, direction], not yet symmetrised.</returns>
    public static double[,] Of(VolatilityLikelihood likelihood, double[] theta, double[][] directions, double[] errors, bool accurate)
    {
        double[,] hessian = new double[directions.Length, directions.Length];
        double[] moved = [.. theta];
        double[] score = new double[VolatilityParameters.Count];
        for (int i = 0; i < directions.Length; i++)
        {
            double[] direction = directions[i];
            double step = Math.Min(Step * errors[i], LongestStep(theta, direction));
            Add(step, accurate ? 8.0 / (12 * step) : 0.5 / step);
            if (accurate)
            {
                Add(2 * step, -1.0 / (12 * step));
            }

            void Add(double distance, double weight)
            {
                foreach (double side in (ReadOnlySpan<double>)[1, -1])
                {
                    for (int k = 0; k < moved.Length; k++)
                    {
                        moved[k] = direction[k] == 0 ? theta[k] : theta[k] + side * distance * direction[k];
                    }

                    likelihood.Evaluate(moved, score);
                    for (int j = 0; j < directions.Length; j++)
                    {
                        hessian[i, j] += side * weight * Along(directions[j], score);
                    }
                }
            }
        }

        return hessian;
    }

    /// <summary>Derivative along a direction.</summary>
    public static double Along(double[] direction, double[] score)
    {
        double sum = 0;
        for (int k = 0; k < score.Length; k++)
        {
            sum += direction[k] == 0 ? 0 : direction[k] * score[k]; // a score that is not defined is not asked for
        }

        return sum;
    }

    static double LongestStep(double[] theta, double[] direction)
    {
        double longest = double.PositiveInfinity;
        for (int k = 0; k < theta.Length; k++)
        {
            longest = direction[k] == 0 ? longest : Math.Min(longest, LongestStep(theta, k) / Math.Abs(direction[k]));
        }

        return longest;
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
