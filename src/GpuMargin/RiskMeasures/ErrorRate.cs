namespace GpuMargin.RiskMeasures;

/// <summary>An error as a power of the number of scenarios: error = exp(Intercept)·n^Slope, least squares in logarithms.</summary>
readonly record struct ErrorRate(double Intercept, double Slope)
{
    /// <param name="scenarios">Growing.</param>
    /// <param name="errors">Positive.</param>
    /// <returns>Slope −½, the rate of independent scenarios, through the last point where there are fewer than three.</returns>
    public static ErrorRate Fit(ReadOnlySpan<int> scenarios, ReadOnlySpan<double> errors)
    {
        const double IndependentRate = -0.5;
        int count = scenarios.Length;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < count; i++)
        {
            meanX += Math.Log(scenarios[i]) / count;
            meanY += Math.Log(errors[i]) / count;
        }

        if (count < 3)
        {
            return new ErrorRate(Math.Log(errors[^1]) - IndependentRate * Math.Log(scenarios[^1]), IndependentRate);
        }

        double products = 0;
        double squares = 0;
        for (int i = 0; i < count; i++)
        {
            double x = Math.Log(scenarios[i]) - meanX;
            products += x * (Math.Log(errors[i]) - meanY);
            squares += x * x;
        }

        double slope = products / squares;
        return new ErrorRate(meanY - slope * meanX, slope);
    }

    /// <summary>Scenarios with this error: by interpolation between the points around it, and beyond them by the fitted rate from the nearest point.</summary>
    /// <returns>+∞ where errors do not fall.</returns>
    public static (double Scenarios, bool Extrapolated) Needed(double error, ReadOnlySpan<int> scenarios, ReadOnlySpan<double> errors)
    {
        for (int i = 1; i < errors.Length; i++)
        {
            if (errors[i - 1] > error && errors[i] <= error)
            {
                double share = Math.Log(errors[i - 1] / error) / Math.Log(errors[i - 1] / errors[i]);
                return (scenarios[i - 1] * Math.Pow((double)scenarios[i] / scenarios[i - 1], share), false);
            }
        }

        int nearest = errors[0] <= error ? 0 : errors.Length - 1;
        double slope = Fit(scenarios, errors).Slope;
        return (slope < 0 ? scenarios[nearest] * Math.Pow(error / errors[nearest], 1 / slope) : double.PositiveInfinity, true);
    }
}
