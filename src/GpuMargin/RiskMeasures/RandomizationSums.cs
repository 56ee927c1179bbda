namespace GpuMargin.RiskMeasures;

/// <summary>Σ and Σ of squares of the randomisations' sums.</summary>
struct RandomizationSums(int randomizations)
{
    readonly double[]? sums = randomizations == 0 ? null : new double[randomizations];
    double sum;
    double squares;
    double cubes;
    double fourths;

    /// <summary>Skewness of the total, were the scenarios independent: Σ x³/(Σ x²)^(3/2).</summary>
    public readonly double Skewness => squares > 0 ? cubes / (squares * Math.Sqrt(squares)) : 0;

    /// <summary>Excess kurtosis of the total, were the scenarios independent: Σ x⁴/(Σ x²)².</summary>
    public readonly double Kurtosis => squares > 0 ? fourths / (squares * squares) : 0;

    /// <summary>What a threshold that moves by h for each unit of weight above it adds to the correction by skewness, in standard errors.</summary>
    public readonly double ThresholdCorrection(double slope, double weightSquares, double weighted, double t) =>
        squares > 0
            ? slope / (2 * Math.Sqrt(squares)) * (weightSquares - (1 + t * t) * weighted * weighted / squares)
            : 0;

    public void Add(int scenario, double value)
    {
        sum += value;
        squares += value * value;
        cubes += value * value * value;
        fourths += value * value * value * value;
        if (sums is not null)
        {
            sums[scenario % sums.Length] += value;
        }
    }

    /// <summary>Standard error of the total of R independent sums: √(R/(R − 1)·(Σ c² − (Σ c)²/R)).</summary>
    public readonly double StandardError(int groups)
    {
        double second = sums is null ? squares : 0;
        foreach (double group in sums ?? [])
        {
            second += group * group;
        }

        return groups < 2 ? 0 : Math.Sqrt(Math.Max(second - sum * sum / groups, 0) * groups / (groups - 1));
    }
}
