namespace GpuMargin.Tests.Reference;

/// <summary>Value at risk and expected shortfall of weighted scenarios: the loss distribution that gives scenario i the probability w_i/n.</summary>
public static class ReferenceWeightedMeasures
{
    /// <summary>The largest loss whose exceedances, itself included, have more than the probability 1 − confidence.</summary>
    public static double ValueAtRisk(double[] losses, double[] weights, double confidence) =>
        losses.Where(loss => Probability(losses, weights, loss) > 1 - confidence).Max();

    /// <summary>VaR + E[(L − VaR)⁺]/(1 − confidence) (Rockafellar and Uryasev 2002).</summary>
    public static double ExpectedShortfall(double[] losses, double[] weights, double confidence)
    {
        double var = ValueAtRisk(losses, weights, confidence);
        double excess = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            excess += weights[i] / losses.Length * Math.Max(losses[i] - var, 0);
        }

        return var + excess / (1 - confidence);
    }

    static double Probability(double[] losses, double[] weights, double loss)
    {
        double probability = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            if (losses[i] >= loss)
            {
                probability += weights[i] / losses.Length;
            }
        }

        return probability;
    }
}
