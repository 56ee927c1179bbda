using System.Numerics;
using GpuMargin.Numerics;
using GpuMargin.Numerics.Estimation;
using MathNet.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Composite log density of the t copula (ν = ∞: Gaussian) of every day: the sum over a set of pairs.</summary>
sealed class PairCopulaDensity : ICopulaDensity
{
    readonly double[][] scores;
    readonly PairSet pairs;
    readonly double logDeterminants; // Σ ln(1 − ρ²)

    public PairCopulaDensity(double[][] scores, PairSet pairs)
    {
        this.scores = scores;
        this.pairs = pairs;
        logDeterminants = pairs.Correlation.Sum(row => row.Sum(rho => Math.Log(1 - rho * rho)));
    }

    public double[] Log(double nu)
    {
        double[] logs = new double[scores.Length];
        StudentTScores? table = double.IsPositiveInfinity(nu) ? null : new StudentTScores(nu);
        double constant = -logDeterminants / 2;
        if (table is not null)
        {
            constant += pairs.Count * (SpecialFunctions.GammaLn((nu + 2) / 2) + SpecialFunctions.GammaLn(nu / 2) - 2 * SpecialFunctions.GammaLn((nu + 1) / 2));
        }

        SideBySide.For(
            scores.Length,
            () => (Values: new double[pairs.PaddedLength], LogTerms: new double[pairs.PaddedLength]),
            (day, memory) =>
            {
                for (int factor = 0; factor < pairs.Factors; factor++)
                {
                    double z = scores[day][factor];
                    memory.LogTerms[factor] = z * z;
                    memory.Values[factor] = table is null ? z : table.Quantile(z, out memory.LogTerms[factor]);
                }

                logs[day] = constant + Day(nu, memory.Values, memory.LogTerms);
            });
        return logs;
    }

    public double[][] Slopes(double nu)
    {
        StudentTScores table = new(nu);
        double[][] slopes = new double[scores.Length][];
        SideBySide.For(scores.Length, day =>
        {
            double[] z = scores[day];
            double[] logTerms = new double[z.Length];
            double[] x = new double[z.Length];
            double[] slope = slopes[day] = new double[z.Length];
            for (int i = 0; i < z.Length; i++)
            {
                x[i] = table.Quantile(z[i], out logTerms[i]);
            }

            for (int k = 1; k <= pairs.Distances; k++)
            {
                for (int i = 0; i + k < z.Length; i++)
                {
                    int j = i + k;
                    double weight = pairs.Weight[k - 1][i];
                    double rho = pairs.Correlation[k - 1][i];
                    double rest = 1 - rho * rho;
                    double form = (x[i] * x[i] + x[j] * x[j] - 2 * rho * x[i] * x[j]) / rest;
                    double tail = (nu + 2) / (nu + form) / rest;
                    slope[i] += weight * ((nu + 1) * x[i] / (nu + x[i] * x[i]) - tail * (x[i] - rho * x[j]));
                    slope[j] += weight * ((nu + 1) * x[j] / (nu + x[j] * x[j]) - tail * (x[j] - rho * x[i]));
                }
            }

            for (int i = 0; i < z.Length; i++)
            {
                slope[i] *= table.Slope(z[i], logTerms[i]);
            }
        });
        return slopes;
    }

    double Day(double nu, double[] values, double[] logTerms)
    {
        bool gaussian = double.IsPositiveInfinity(nu);
        Vector<double> sum = Vector<double>.Zero;
        for (int k = 1; k <= pairs.Distances; k++)
        {
            for (int i = 0; i < pairs.Lanes; i += Vector<double>.Count)
            {
                Vector<double> x = new(values, i);
                Vector<double> y = new(values, i + k);
                Vector<double> rho = new(pairs.Correlation[k - 1], i);
                Vector<double> form = (x * x + y * y - 2 * rho * x * y) / (Vector<double>.One - rho * rho);
                Vector<double> margins = new Vector<double>(logTerms, i) + new Vector<double>(logTerms, i + k);
                Vector<double> joint = gaussian ? margins - form : (nu + 1) * margins - (nu + 2) * Vector.Log(Vector<double>.One + form / nu);
                sum += new Vector<double>(pairs.Weight[k - 1], i) * joint;
            }
        }

        return Vector.Sum(sum) / 2;
    }
}
