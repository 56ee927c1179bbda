using System.Numerics;
using GpuMargin.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Composite Gaussian log density of every day's residuals under dynamic conditional correlation: the sum over a set of pairs, less the margins' (Engle, Shephard and Sheppard 2008).</summary>
/// <param name="residuals">[day·<see cref="PairSet.PaddedLength"/> + factor], zeros in the padding.</param>
sealed class PairDynamicCorrelationDensity(double[] residuals, int days, PairSet pairs)
{
    // Fixed, so that the order of summation does not depend on the threads.
    const int Chunks = 8;

    /// <returns>By day: Σ −½·(ln(1 − ρ²) + (x² + y² − 2ρxy)/(1 − ρ²) − x² − y²).</returns>
    public double[] Log(double a, double b)
    {
        int vectors = pairs.Lanes / Vector<double>.Count;
        double[][] logs = new double[Chunks][];
        SideBySide.For(Chunks, chunk =>
        {
            logs[chunk] = new double[days];
            for (int vector = chunk * vectors / Chunks; vector < (chunk + 1) * vectors / Chunks; vector++)
            {
                for (int k = 1; k <= pairs.Distances; k++)
                {
                    Add(vector * Vector<double>.Count, k, a, b, logs[chunk]);
                }
            }
        });
        for (int chunk = 1; chunk < Chunks; chunk++)
        {
            for (int day = 0; day < days; day++)
            {
                logs[0][day] += logs[chunk][day];
            }
        }

        return logs[0];
    }

    void Add(int i, int k, double a, double b, double[] logs)
    {
        Vector<double> one = Vector<double>.One;
        Vector<double> half = new Vector<double>(pairs.Weight[k - 1], i) * -0.5;
        Vector<double> constant = new(1 - a - b);
        Vector<double> target = constant * new Vector<double>(pairs.Correlation[k - 1], i);
        Vector<double> qx = one;
        Vector<double> qy = one;
        Vector<double> qxy = new(pairs.Correlation[k - 1], i);
        for (int day = 0; day < days; day++)
        {
            Vector<double> x = new(residuals, day * pairs.PaddedLength + i);
            Vector<double> y = new(residuals, day * pairs.PaddedLength + i + k);
            Vector<double> square = x * x + y * y;
            Vector<double> product = x * y;
            Vector<double> inverse = one / (qx * qy);
            Vector<double> rho = qxy * Vector.SquareRoot(inverse);
            Vector<double> rest = one - qxy * qxy * inverse;
            logs[day] += Vector.Dot(half, Vector.Log(rest) + (square - 2 * rho * product) / rest - square);
            qx = constant + a * x * x + b * qx;
            qy = constant + a * y * y + b * qy;
            qxy = target + a * product + b * qxy;
        }
    }
}
