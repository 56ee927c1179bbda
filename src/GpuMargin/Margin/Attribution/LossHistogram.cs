namespace GpuMargin.Margin.Attribution;

/// <summary>Scenarios by the size of the loss in them, each with its weight; bins of one width.</summary>
/// <param name="low">Lower edge of the first bin, run currency, loss &gt; 0.</param>
/// <param name="width">Of a bin.</param>
sealed class LossHistogram(double low, double width, int bins)
{
    readonly double[] weights = new double[bins];

    public double Low => low;

    public double Width => width;

    /// <summary>Weight in each bin; losses at an edge count above it, and what is above all bins counts in the last.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>Weight of all scenarios, also of those below the first bin.</summary>
    public double Total { get; private set; }

    public void Add(double loss, double weight)
    {
        Total += weight;
        if (loss >= low)
        {
            weights[(int)Math.Min((loss - low) / width, weights.Length - 1)] += weight;
        }
    }
}
