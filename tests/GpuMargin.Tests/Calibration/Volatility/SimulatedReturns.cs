using GpuMargin.Calibration.Volatility;
using MathNet.Numerics.Distributions;

namespace GpuMargin.Tests.Calibration.Volatility;

/// <summary>Returns drawn from a variance recursion written out from the formula.</summary>
static class SimulatedReturns
{
    const int BurnIn = 500; // days until the start is forgotten

    /// <param name="p">A t innovation with its degrees of freedom, normal where NaN.</param>
    public static double[] Of(VolatilityParameters p, int count, int seed)
    {
        Random random = new(seed);
        double h = p.Omega / (1 - p.Alpha - p.Gamma / 2 - p.Beta);
        double[] returns = new double[count];
        for (int t = -BurnIn; t < count; t++)
        {
            double z = double.IsNaN(p.DegreesOfFreedom)
                ? Normal.Sample(random, 0, 1)
                : StudentT.Sample(random, 0, 1, p.DegreesOfFreedom) * Math.Sqrt((p.DegreesOfFreedom - 2) / p.DegreesOfFreedom);
            double e = Math.Sqrt(h) * z;
            if (t >= 0)
            {
                returns[t] = p.Mean + e;
            }

            h = p.Omega + (p.Alpha + (e < 0 ? p.Gamma : 0)) * e * e + p.Beta * h;
        }

        return returns;
    }
}
