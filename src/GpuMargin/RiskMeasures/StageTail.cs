namespace GpuMargin.RiskMeasures;

/// <summary>Tails of a run in stages: what a stage keeps of each account.</summary>
static class StageTail
{
    /// <summary>Standard deviations by which a stage's share of the final tail may exceed its mean; beyond six, one account in a thousand million lacks losses and is computed again.</summary>
    public const double Deviations = 6;

    /// <summary>Worst losses that a stage keeps so that later checkpoints need not ask again.</summary>
    /// <param name="scenarios">Of the stage.</param>
    /// <param name="checkpoints">Numbers of scenarios from this stage's end on.</param>
    /// <param name="lengths">Worst losses of all stages together that are read at each of them.</param>
    /// <remarks>
    /// Of the T worst among n independent scenarios a stage of B holds a hypergeometric number with mean T·B/n and at most the variance
    /// T·(B/n)·(1 − B/n); Sobol points spread more evenly. T/n falls with n, so the next checkpoint usually decides.
    /// </remarks>
    public static int Kept(int scenarios, ReadOnlySpan<int> checkpoints, ReadOnlySpan<int> lengths, double deviations = Deviations)
    {
        double most = 1;
        for (int i = 0; i < checkpoints.Length; i++)
        {
            double share = (double)scenarios / checkpoints[i];
            double mean = lengths[i] * share;
            most = Math.Max(most, mean + deviations * Math.Sqrt(mean * (1 - share)));
        }

        return (int)Math.Min(scenarios, Math.Ceiling(most));
    }
}
