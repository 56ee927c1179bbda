namespace GpuMargin.Backends;

/// <summary>The worst losses of one row.</summary>
/// <param name="Losses">Run currency, loss &gt; 0, ordered by loss downwards, then scenario upwards; the run's tail length, or all scenarios if fewer.</param>
/// <param name="Scenarios">The scenario of each loss.</param>
public readonly record struct LossTail(double[] Losses, int[] Scenarios)
{
    /// <summary>The worst losses of two runs of scenarios that follow each other, as far as both tell them.</summary>
    /// <param name="early">Complete down to its last loss; complete altogether if it has <paramref name="earlyScenarios"/> of them.</param>
    /// <param name="late">Of later scenarios, likewise.</param>
    /// <returns>Complete down to its last loss.</returns>
    public static LossTail Merge(LossTail early, int earlyScenarios, LossTail late, int lateScenarios)
    {
        bool allEarly = early.Losses.Length == earlyScenarios;
        bool allLate = late.Losses.Length == lateScenarios;
        double[] losses = new double[early.Losses.Length + late.Losses.Length];
        int[] scenarios = new int[losses.Length];
        int i = 0;
        int j = 0;
        while ((i < early.Losses.Length || allEarly) && (j < late.Losses.Length || allLate) && i + j < losses.Length)
        {
            // Of equal losses the earlier scenario comes first.
            bool takesEarly = j == late.Losses.Length || (i < early.Losses.Length && early.Losses[i] >= late.Losses[j]);
            (losses[i + j], scenarios[i + j]) = takesEarly
                ? (early.Losses[i], early.Scenarios[i])
                : (late.Losses[j], late.Scenarios[j]);
            (i, j) = takesEarly ? (i + 1, j) : (i, j + 1);
        }

        return new LossTail(losses[..(i + j)], scenarios[..(i + j)]);
    }

    /// <summary>The first so many losses, or all if there are fewer.</summary>
    public LossTail First(int length) => length >= Losses.Length ? this : new LossTail(Losses[..length], Scenarios[..length]);
}
