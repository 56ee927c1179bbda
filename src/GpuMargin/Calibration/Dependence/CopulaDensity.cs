using GpuMargin.Numerics;
using GpuMargin.Numerics.Estimation;
using MathNet.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Log density of the t copula (ν = ∞: Gaussian) of every day, of all factors together (Demarta and McNeil 2005).</summary>
sealed class CopulaDensity(double[][] scores, CorrelationFactor correlation) : ICopulaDensity
{
    // Days whose scores stand beside each other: 500 factors take 256 KiB, which stays in the second-level cache.
    const int BlockDays = 64;

    public double[] Log(double nu)
    {
        double[] logs = new double[scores.Length];
        StudentTScores? table = double.IsPositiveInfinity(nu) ? null : new StudentTScores(nu);
        int factors = correlation.Count;
        double constant = -correlation.LogDeterminant / 2;
        if (table is not null)
        {
            constant += SpecialFunctions.GammaLn((nu + factors) / 2) + (factors - 1) * SpecialFunctions.GammaLn(nu / 2)
                - factors * SpecialFunctions.GammaLn((nu + 1) / 2);
        }

        int blocks = (scores.Length + BlockDays - 1) / BlockDays;
        SideBySide.For(
            blocks,
            () => (Values: new double[factors * BlockDays], Forms: new double[BlockDays]),
            (block, memory) => Block(block * BlockDays, table, nu, constant, memory.Values, memory.Forms, logs));
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
            for (int i = 0; i < z.Length; i++)
            {
                x[i] = table.Quantile(z[i], out logTerms[i]);
            }

            double[] solved = correlation.Solve(x);
            double tail = (nu + z.Length) / (nu + DotProducts.Of(x, solved));
            slopes[day] = solved;
            for (int i = 0; i < z.Length; i++)
            {
                slopes[day][i] = table.Slope(z[i], logTerms[i]) * ((nu + 1) * x[i] / (nu + x[i] * x[i]) - tail * solved[i]);
            }
        });
        return slopes;
    }

    void Block(int first, StudentTScores? table, double nu, double constant, double[] values, double[] forms, double[] logs)
    {
        int days = Math.Min(BlockDays, scores.Length - first);
        int factors = correlation.Count;
        Span<double> marginals = stackalloc double[BlockDays]; // minus the log densities of the margins, without constants
        marginals.Clear();
        Array.Clear(values);
        for (int day = 0; day < days; day++)
        {
            double[] row = scores[first + day];
            for (int factor = 0; factor < factors; factor++)
            {
                double logTerm = row[factor] * row[factor];
                values[factor * BlockDays + day] = table is null ? row[factor] : table.Quantile(row[factor], out logTerm);
                marginals[day] += logTerm;
            }
        }

        correlation.QuadraticForms(values, forms);
        for (int day = 0; day < days; day++)
        {
            logs[first + day] = table is null
                ? constant + (marginals[day] - forms[day]) / 2
                : constant + ((nu + 1) * marginals[day] - (nu + factors) * Math.Log(1 + forms[day] / nu)) / 2;
        }
    }
}
