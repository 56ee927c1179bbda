namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Returns divided by their standard deviation, so that every constant of the estimation holds in any unit.</summary>
sealed class ScaledReturns
{
    /// <summary>Below it the estimates say nothing about the process; the largest model has seven parameters.</summary>
    public const int ObservationsAtLeast = 20;

    /// <summary>A spread this small against the level is the rounding of a constant.</summary>
    const double SmallestSpread = 1e-12;

    ScaledReturns(double[] values, double mean, double unit)
    {
        Values = values;
        Mean = mean;
        Unit = unit;
    }

    public double[] Values { get; }

    /// <summary>Mean of <see cref="Values"/>.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation of the returns, divisor n.</summary>
    public double Unit { get; }

    /// <summary>Share of the returns that are the most frequent value: 0 or little for a continuous distribution, more for ticks and pegs.</summary>
    public double LargestAtom => field > 0 ? field : field = Values.GroupBy(value => value).Max(group => group.Count()) / (double)Values.Length;

    /// <exception cref="ArgumentException">Too few, not finite, constant, or beyond the range of squares.</exception>
    public static ScaledReturns Of(ReadOnlySpan<double> returns)
    {
        if (returns.Length < ObservationsAtLeast)
        {
            throw new ArgumentException($"{returns.Length} returns; a volatility needs {ObservationsAtLeast} or more.", nameof(returns));
        }

        double largest = 0;
        for (int t = 0; t < returns.Length; t++)
        {
            if (!double.IsFinite(returns[t]))
            {
                throw new ArgumentException(FormattableString.Invariant($"Return {t} is {returns[t]}; returns are finite numbers."), nameof(returns));
            }

            largest = Math.Max(largest, Math.Abs(returns[t]));
        }

        double[] values = returns.ToArray();
        double mean = 0;
        double square = 0;
        foreach (double r in values)
        {
            mean += r / largest / values.Length;
        }

        foreach (double r in values)
        {
            square += (r / largest - mean) * (r / largest - mean) / values.Length;
        }

        double unit = Math.Sqrt(square) * largest;
        if (!(Math.Sqrt(square) > SmallestSpread))
        {
            throw new ArgumentException(FormattableString.Invariant($"All returns are {returns[0]}; a constant series has no volatility."), nameof(returns));
        }

        if (unit is < 1e-100 or > 1e100)
        {
            throw new ArgumentException(FormattableString.Invariant($"The returns' standard deviation of {unit} is beyond the range of variances."), nameof(returns));
        }

        for (int t = 0; t < values.Length; t++)
        {
            values[t] /= unit;
        }

        return new ScaledReturns(values, mean * largest / unit, unit);
    }
}
