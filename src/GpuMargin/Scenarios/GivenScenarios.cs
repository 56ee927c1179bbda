namespace GpuMargin.Scenarios;

/// <summary>Scenarios that are written down instead of drawn: dates of a history, the days of a stress period, a user's file.</summary>
sealed record GivenScenarios : ScenarioSource
{
    /// <summary>Rounding of weights that were divided by their mean.</summary>
    const double MeanTolerance = 1e-9;

    readonly double[] shocks = [];
    readonly double[] weights = [];

    /// <summary>The days and factors that shocks are given of: the columns of <see cref="Shocks"/>.</summary>
    public required ShockRows Rows { get; init; }

    /// <summary>[scenario, row of <see cref="Rows"/>]: accumulated log-return of price and volatility factors, change of rate and additive factors.</summary>
    /// <exception cref="ArgumentException">A shock is not a finite number.</exception>
    public required double[] Shocks
    {
        get => shocks;
        init => shocks = Array.TrueForAll(value, double.IsFinite)
            ? value
            : throw new ArgumentException("A shock is not a finite number.", nameof(value));
    }

    /// <summary>One per scenario, 0 or more with mean 1; empty: all 1.</summary>
    /// <exception cref="ArgumentException">A weight is negative or not a number, or their mean is not 1.</exception>
    public double[] Weight
    {
        get => weights;
        init => weights = value.Length == 0 || (Array.TrueForAll(value, weight => weight >= 0) && Math.Abs(value.Average() - 1) <= MeanTolerance)
            ? value
            : throw new ArgumentException("A weight is negative or not a number, or the mean of the weights is not 1.", nameof(value));
    }

    public override int Horizon => Rows.Days[^1];

    public override int Factors => Rows.Factors;

    public override int? Count => shocks.Length / Rows.Count;

    public override ScenarioWeights Weights() => new GivenWeights(weights);

    /// <summary>The shocks of a scenario, in order of <see cref="Rows"/>.</summary>
    public ReadOnlySpan<double> this[int scenario] => shocks.AsSpan(scenario * Rows.Count, Rows.Count);

    /// <summary>Places in <see cref="Rows"/> of the rows that instruments read.</summary>
    /// <exception cref="ArgumentException">A day is read of which no shocks are given.</exception>
    public int[] Columns(ShockRows read) => [.. Enumerable.Range(0, read.Count).Select(row => Column(read[row]))];

    int Column(ShockRow read)
    {
        int first = read.Day == Horizon ? Rows.FirstAtHorizon : Rows.FirstBeforeHorizon(read.Day);
        return first >= 0 ? first + read.Factor : throw new ArgumentException($"'{Name}' gives no shocks of day {read.Day}, which instruments read.");
    }
}
