namespace GpuMargin.Calibration.Dependence;

/// <summary>Curvature of a log-likelihood in ln ν at its maximum, and the spread of the days' scores there, by central differences.</summary>
/// <param name="Information">Minus the second derivative of the log-likelihood.</param>
/// <param name="ScoreVariance">Sum of the days' squared scores; equal to the information in expectation when the likelihood is the data's own.</param>
readonly record struct ProfileCurvature(double Information, double ScoreVariance)
{
    public double StandardError => 1 / Math.Sqrt(Information);

    public double RobustStandardError => Math.Sqrt(ScoreVariance) / Information;

    /// <param name="influence">By day: what else the day adds to its score.</param>
    public static ProfileCurvature Of(ICopulaDensity density, double[] atMaximum, double logNu, double step, double[] influence)
    {
        double[] below = density.Log(Math.Exp(logNu - step));
        double[] above = density.Log(Math.Exp(logNu + step));
        double information = 0;
        double scoreVariance = 0;
        for (int day = 0; day < atMaximum.Length; day++)
        {
            information -= (above[day] - 2 * atMaximum[day] + below[day]) / (step * step);
            double score = (above[day] - below[day]) / (2 * step) + influence[day];
            scoreVariance += score * score;
        }

        return new ProfileCurvature(information, scoreVariance);
    }
}
