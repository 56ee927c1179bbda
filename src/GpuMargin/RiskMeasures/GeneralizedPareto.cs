namespace GpuMargin.RiskMeasures;

/// <summary>Generalised Pareto distribution of the excesses over a threshold, 1 − (1 + ξy/β)^(−1/ξ), fitted to the k worst losses.</summary>
/// <param name="Shape">ξ, shrunk and held to −½ … 0.45.</param>
/// <param name="MeanExcess">β/(1 − ξ) at the threshold, the sample's mean, in units of the scale.</param>
readonly record struct GeneralizedPareto(double Shape, double MeanExcess)
{
    // A prior of 20 losses at ξ = ¼, the tail index of Student t4: without it the fit's scatter makes the intervals of heavy
    // tails too short exactly when the sample lacks its extremes.
    const double PriorShape = 0.25;
    const double PriorWeight = 20;

    // ξ ≥ ½ has no variance, ξ < −½ is a bounded loss steeper at its end than linear.
    const double SmallestShape = -0.5;
    const double LargestShape = 0.45;

    // Beyond ξ = 0.2 the third moment grows without bound (at ⅓) and overcorrects finite samples (measured).
    const double LargestShapeOfSkewness = 0.2;

    /// <summary>E[Y²]/E[Y]² of the excess over any threshold: 2(1 − ξ)/(1 − 2ξ).</summary>
    public double SecondMomentRatio => 2 * (1 - Shape) / (1 - 2 * Shape);

    /// <summary>E[Y³]/E[Y²]^(3/2) = (3/√2)·√((1 − ξ)(1 − 2ξ))/(1 − 3ξ), the skewness of a compound Poisson sum's single term.</summary>
    public double Skewness
    {
        get
        {
            double xi = Math.Min(Shape, LargestShapeOfSkewness);
            return 3 * Math.Sqrt(0.5 * (1 - xi) * (1 - 2 * xi)) / (1 - 3 * xi);
        }
    }

    /// <summary>Mean excess over a higher threshold, linear in it: e(v) = e(u) + ξ/(1 − ξ)·(v − u); never negative.</summary>
    public double MeanExcessOver(double thresholdExcess) =>
        Math.Max(0, MeanExcess + Shape / (1 - Shape) * thresholdExcess);

    /// <summary>Probability-weighted moments (Hosking and Wallis 1987): ξ = 2 − a₀/(a₀ − 2a₁).</summary>
    /// <param name="tail">Losses sorted downwards.</param>
    /// <param name="exceedances">k; the threshold is the loss of rank k + 1, below the largest.</param>
    /// <param name="scale">Losses are divided by it.</param>
    public static GeneralizedPareto Fit(ReadOnlySpan<double> tail, int exceedances, double scale)
    {
        double threshold = tail[exceedances];
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < exceedances; i++)
        {
            double excess = (tail[i] - threshold) / scale;
            sum += excess;
            weighted += i * excess; // share of excesses above: i/(k − 1)
        }

        double mean = sum / exceedances;
        double spread = exceedances > 1 ? mean - 2 * weighted / (exceedances * (exceedances - 1.0)) : 0;
        double shape = spread > 0 ? 2 - mean / spread : SmallestShape;
        double shrunk = (exceedances * shape + PriorWeight * PriorShape) / (exceedances + PriorWeight);
        return new GeneralizedPareto(Math.Clamp(shrunk, SmallestShape, LargestShape), mean);
    }
}
