namespace GpuMargin.Tests.RiskMeasures;

/// <summary>The k largest of n independent losses, sampled exactly without drawing the other n − k.</summary>
/// <remarks>The smallest of r uniforms above u is 1 − (1 − u)·U^(1/r) (David and Nagaraja 2003, section 2.5); the loss is the quantile of that upper-tail probability.</remarks>
sealed class UpperOrderStatistics(ulong seed)
{
    ulong state = seed;

    public double[] Draw(int k, int n, Func<double, double> lossOfTailProbability)
    {
        double[] losses = new double[k];
        double logBelow = 0;
        for (int i = 0; i < k; i++)
        {
            logBelow += Math.Log(Uniform()) / (n - i);
            losses[i] = lossOfTailProbability(-Math.Exp(logBelow) + 1);
        }

        return losses;
    }

    public static double Normal(double tailProbability) => -MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, tailProbability);

    /// <summary>Closed form (Shaw 2006); tail probability below ½.</summary>
    public static double StudentT4(double tailProbability)
    {
        double root = Math.Sqrt(4 * tailProbability * (1 - tailProbability));
        return 2 * Math.Sqrt(Math.Cos(Math.Acos(root) / 3) / root - 1);
    }

    public static Func<double, double> StudentT(double degreesOfFreedom) =>
        tailProbability => -MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degreesOfFreedom, tailProbability);

    // SplitMix64 (Steele, Lea and Flood 2014), 53 bits, never 0.
    double Uniform()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return ((z >> 11) + 0.5) * (1.0 / (1UL << 53));
    }
}
